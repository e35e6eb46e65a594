// Responses as a file, and any file as a download. Nothing leaves the browser.

// What an exported file holds; My work, Class and `studyguide collect` read it.
function responsesFile(guide, responses) {
  return JSON.stringify({ studyguide: 1, guide, responses }, null, 1);
}

function download(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}
