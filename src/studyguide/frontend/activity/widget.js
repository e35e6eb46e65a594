// The notebook host: anywidget hands over its model and an empty element; the markup comes from Python's templates.
STRINGS.noKernel =
  "The kernel was restarted: your answers still show here, but Python no longer hears them. Run this cell again.";

export default {
  render({ model, el }) {
    el.innerHTML = model.get("markup");
    el.dataset.lmSuppressShortcuts = "true"; // else JupyterLab's own keys, arrows too, would act on cells from here
    return enhanceActivity({ model, el });
  },
};
