// The active cell and the range around it: by arrows, by mouse and by finger.

import { $, a1, facts, parseA1 } from "./facts.js";
import { cellAt, ensure } from "./blocks.js";

export const here = { row: 0, column: 0, toRow: 0, toColumn: 0 };
let onMove = () => {};

export const range = () => ({
  top: Math.min(here.row, here.toRow),
  left: Math.min(here.column, here.toColumn),
  bottom: Math.max(here.row, here.toRow),
  right: Math.max(here.column, here.toColumn),
});

export const activeCell = () => cellAt(here.row, here.column);

export function start(moved) {
  onMove = moved;
  const grid = $("grid");
  grid.addEventListener("mousedown", pressed);
  grid.addEventListener("mouseover", (event) => event.buttons === 1 && dragging && extendTo(event.target));
  document.addEventListener("mouseup", () => (dragging = false));
}

let dragging = false;

function placeOf(target) {
  const cell = target.closest?.("td[id]");
  const found = cell && /^r(\d+)c(\d+)$/.exec(cell.id);
  return found && [Number(found[1]), Number(found[2])];
}

function pressed(event) {
  const place = event.button === 0 && placeOf(event.target);
  if (!place || event.target.closest("a")) return;
  dragging = true;
  event.preventDefault();
  if (event.shiftKey) extend(...place);
  else go(...place, { scroll: false });
}

function extendTo(target) {
  const place = placeOf(target);
  if (place) extend(...place, { scroll: false });
}

// Moves to a cell. What is beyond the edge ends at the edge.
export async function go(row, column, { focus = true, scroll = true } = {}) {
  here.row = here.toRow = Math.min(Math.max(row, 0), facts.rows - 1);
  here.column = here.toColumn = nearestColumn(column);
  await ensure(here.row, here.row);
  mark();
  const cell = activeCell();
  if (cell && scroll) reveal(cell);
  if (cell && focus) cell.focus({ preventScroll: true });
  onMove();
}

export async function extend(row, column, { scroll = true } = {}) {
  here.toRow = Math.min(Math.max(row, 0), facts.rows - 1);
  here.toColumn = nearestColumn(column);
  await ensure(here.toRow, here.toRow);
  mark();
  const cell = cellAt(here.toRow, here.toColumn);
  if (cell && scroll) reveal(cell);
  onMove();
}

export async function goTo(name, options) {
  const found = parseA1(name);
  if (!found) return;
  await go(found.top, found.left, options);
  if (found.bottom !== found.top || found.right !== found.left) await extend(found.bottom, found.right, { scroll: false });
}

function nearestColumn(column) {
  return facts.columns.reduce(
    (best, index) => (Math.abs(index - column) < Math.abs(best - column) ? index : best),
    facts.columns[0],
  );
}

// The next row or column that shows, in a direction; a merged cell is one step.
export function step(row, column, down, right) {
  const cell = cellAt(row, column);
  const [, top, left] = (cell && /^r(\d+)c(\d+)$/.exec(cell.id)?.map(Number)) ?? [0, row, column];
  let nextRow = down > 0 ? top + (cell?.rowSpan ?? 1) : top + down;
  if (down === 0) nextRow = row;
  while (facts.hidden.includes(nextRow) && nextRow > 0 && nextRow < facts.rows - 1) nextRow += Math.sign(down);
  if (facts.hidden.includes(nextRow)) nextRow = row;
  if (right === 0) return [nextRow, column];
  const place = facts.columns.indexOf(left) + (right > 0 ? (cell?.colSpan ?? 1) : right);
  const last = facts.columns.length - 1;
  return [nextRow, facts.columns[Math.min(Math.max(place, 0), last)]];
}

export function mark() {
  document.querySelectorAll("[aria-selected], .near, .active").forEach((cell) => {
    cell.removeAttribute("aria-selected");
    cell.classList.remove("near", "active");
    if (cell.tagName === "TD") cell.tabIndex = -1;
  });
  const { top, left, bottom, right } = range();
  for (let row = top; row <= bottom; row++) {
    $(`r${row}`)?.classList.add("near");
    for (let column = left; column <= right; column++) $(`r${row}c${column}`)?.setAttribute("aria-selected", "true");
  }
  for (let column = left; column <= right; column++) $(`c${column}`)?.classList.add("near");
  const cell = activeCell();
  if (!cell) return;
  cell.classList.add("active");
  cell.setAttribute("aria-selected", "true");
  cell.tabIndex = 0;
}

// Scrolls a cell out from under the heads and the frozen parts that are held over it.
function reveal(cell) {
  const grid = $("grid");
  const box = cell.getBoundingClientRect();
  const frame = grid.getBoundingClientRect();
  const held = [...document.querySelectorAll("thead th.held")].reduce((sum, head) => sum + head.offsetWidth, 46);
  const frozen = [...document.querySelectorAll("tr.top")].reduce((sum, row) => sum + row.offsetHeight, 24);
  const inTop = cell.closest("tr").classList.contains("top");
  if (!inTop && box.top < frame.top + frozen) grid.scrollTop -= frame.top + frozen - box.top;
  else if (!inTop && box.bottom > frame.top + grid.clientHeight) grid.scrollTop += box.bottom - frame.top - grid.clientHeight;
  if (cell.classList.contains("held")) return;
  if (box.left < frame.left + held) grid.scrollLeft -= frame.left + held - box.left;
  else if (box.right > frame.left + grid.clientWidth) grid.scrollLeft += Math.min(box.right - frame.left - grid.clientWidth, box.left - frame.left - held);
}

export const nameOf = () => a1(range());
