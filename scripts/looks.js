// What is wrong to the eye on one page: text that is hard to read, runs out, is cut, or has no glyph.
function missing(text, style) {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  [canvas.canvas.width, canvas.canvas.height] = [24, 24];
  const drawn = letter => {
    canvas.clearRect(0, 0, 24, 24);
    canvas.font = `16px ${style.fontFamily}`;
    canvas.fillText(letter, 2, 18);
    return canvas.getImageData(0, 0, 24, 24).data.join();
  };
  const none = drawn("\u{10FFFE}");
  return [...new Set(text)].filter(letter => letter.trim() && drawn(letter) === none);
}
function cut(cell) {
  const style = getComputedStyle(cell), next = cell.nextElementSibling;
  const hides = style.overflowX === "hidden" || style.overflowX === "clip";
  return hides && cell.scrollWidth > cell.clientWidth + 1 && (style.whiteSpace !== "nowrap" || !next || next.textContent.trim());
}
function looks() {
  const found = measure({ contentDocument: document, contentWindow: window, clientWidth: innerWidth, title: document.title });
  const sheet = document.querySelector(".tabs"), codes = [...document.querySelectorAll("td")].find(cell => ["Kode", "Code"].includes(cell.textContent));
  const code = cell => sheet && codes && cell.cellIndex === codes.cellIndex; // for the program; a person needs its first word
  const cells = [...document.querySelectorAll("td, th")].filter(cell => !code(cell));
  return {
    scrolls: Math.max(0, found.scrolls - innerWidth), faint: found.faint, wide: found.wide, small: sheet ? 0 : found.small,
    blank: found.pictures.filter(width => !width).length,
    cut: cells.filter(cut).map(cell => cell.textContent.trim().slice(0, 60)),
    missing: missing(document.body.innerText, getComputedStyle(document.body)),
  };
}
