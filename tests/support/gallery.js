// Measures every framed mail: what sticks out, which text is hard to read, which picture is missing.
function luminance([r, g, b]) {
  const linear = [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}
function numbers(colour) {
  const found = colour.match(/[\d.]+/g).map(Number);
  return colour.startsWith("color(") ? found.map((each, n) => n < 3 ? each * 255 : each) : found; // from color-mix()
}
function scrolls(element, view) {
  return element && (/auto|scroll/.test(view.getComputedStyle(element).overflowX) || scrolls(element.parentElement, view));
}
function ground(element, view) {
  for (let each = element; each; each = each.parentElement) {
    const colour = numbers(view.getComputedStyle(each).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour.slice(0, 3);
  }
  return [255, 255, 255];
}
function measure(frame) {
  const page = frame.contentDocument, view = frame.contentWindow, faint = [], wide = [];
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement.getBoundingClientRect(), style = view.getComputedStyle(node.parentElement);
    if (!node.data.trim() || !box.width || style.fontSize === "0px") continue;
    const [one, two] = [numbers(style.color), ground(node.parentElement, view)].map(luminance).sort((a, b) => b - a);
    const contrast = (one + 0.05) / (two + 0.05);
    if (contrast < 4.5) faint.push([node.data.trim().slice(0, 40), contrast]);
    if (box.right > frame.clientWidth + 1 && !scrolls(node.parentElement, view)) wide.push(node.data.trim().slice(0, 40));
  }
  return {
    name: frame.title, width: frame.clientWidth, scrolls: page.documentElement.scrollWidth, faint, wide,
    small: [...page.querySelectorAll("p, li, td, th, a, span")].filter(each => each.textContent.trim() &&
      parseFloat(view.getComputedStyle(each).fontSize) < 12 && !each.closest(".preheader, .track")).length,
    pictures: [...page.images].map(image => image.naturalWidth),
  };
}
addEventListener("load", () => {
  const frames = [...document.querySelectorAll("iframe")];
  document.getElementById("measured").textContent = JSON.stringify(frames.map(measure));
  for (const frame of frames) frame.style.height = frame.contentDocument.documentElement.scrollHeight + "px";
});
