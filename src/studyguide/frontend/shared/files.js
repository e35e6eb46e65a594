// Responses as a file, and any file as a download. Nothing leaves the browser.

// What an exported file holds; My work, Class and `studyguide collect` read it.
function responsesFile(guide, responses) {
  return JSON.stringify({ studyguide: LIMITS.format, guide, responses }, null, 1);
}

function download(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

// One cell of a CSV file. A spreadsheet would run what begins like a formula; the same rule is in reporting.py.
function csvCell(value) {
  const text = String(value);
  const safe = /^(?:[ \t\r\n\u00a0\u3000\ufeff]*[=+\-@]|[\t\r])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// With a mark at the start by which spreadsheets know the encoding.
function csvOf(rows) {
  return "\uFEFF" + rows.map((row) => row.map(csvCell).join(",") + "\r\n").join("");
}
