for (const root of document.querySelectorAll("[data-class]")) startClass(root);
