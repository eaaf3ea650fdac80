// The page of a workbook: its parts are put together here, and keys go where they belong.

import { $, facts, readFacts } from "./facts.js";
import * as blocks from "./blocks.js";
import * as cards from "./cards.js";
import * as clipboard from "./clipboard.js";
import * as editor from "./editor.js";
import * as live from "./live.js";
import * as selection from "./selection.js";
import { buttons, keep, redo, settled, undo, waiting } from "./changes.js";
import { inTurn } from "./turns.js";

const MOVES = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
let leaving = false; // Escape was pressed: the next Tab leaves the table

function moved() {
  const cell = selection.activeCell();
  $("name").textContent = selection.nameOf();
  $("entered").textContent = cell?.dataset.in ?? cell?.textContent ?? "";
  cards.show();
}

function tops() {
  let sum = 0;
  const rows = [...document.querySelectorAll("tr.top")];
  rows.forEach((row, place) => {
    row.style.setProperty("--lower", `${sum}px`);
    row.classList.toggle("last", place === rows.length - 1);
    sum += row.offsetHeight;
  });
}

async function moveBy(event, down, right) {
  const { row, column, toRow, toColumn } = selection.here;
  if (event.shiftKey && event.key !== "Tab" && event.key !== "Enter") {
    await selection.extend(...selection.step(toRow, toColumn, down, right));
  } else await selection.go(...selection.step(row, column, down, right));
}

async function takeBack(which) {
  const range = which();
  if (range) await selection.go(range.top, range.left);
}

function shortcut(event) {
  const last = facts.columns.at(-1);
  const keys = {
    z: () => takeBack(event.shiftKey ? redo : undo),
    y: () => takeBack(redo),
    a: async () => {
      await selection.go(0, facts.columns[0], { scroll: false });
      await selection.extend(facts.rows - 1, last, { scroll: false });
    },
    Home: () => selection.go(0, facts.columns[0]),
    End: () => selection.go(facts.rows - 1, last),
  };
  return keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

function plainKey(event) {
  const { row, column } = selection.here;
  const page = Math.max(Math.floor($("grid").clientHeight / 21) - 3, 1);
  const keys = {
    Tab: () => moveBy(event, 0, event.shiftKey ? -1 : 1),
    Enter: () => (event.shiftKey ? moveBy(event, -1, 0) : editor.edit()),
    F2: () => editor.edit(),
    Delete: () => clipboard.clear(),
    Backspace: () => clipboard.clear(),
    Home: () => selection.go(row, facts.columns[0]),
    End: () => selection.go(row, facts.columns.at(-1)),
    PageDown: () => selection.go(row + page, column),
    PageUp: () => selection.go(row - page, column),
  };
  if (MOVES[event.key]) return () => moveBy(event, ...MOVES[event.key]);
  if (event.key.length === 1) return () => editor.edit(event.key === " " && isCheck() ? undefined : event.key);
  return keys[event.key];
}

const isCheck = () => selection.activeCell()?.classList.contains("check");

// Keys that nothing else on the page takes are the table's, also when what had the focus has gone.
let ours = true;

const elsewhere = (target) => (target === document.body ? !ours : !$("grid").contains(target) || target.matches("input"));

function key(event) {
  if (editor.typing() || elsewhere(event.target) || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    leaving = true;
    $("card").hidden = true;
    return;
  }
  if (event.key === "Tab" && (leaving || event.target === document.body)) return;
  leaving = false;
  const stroke = { key: event.key, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, metaKey: event.metaKey };
  if (!actOf(stroke)) return;
  event.preventDefault();
  inTurn(() => play(stroke));
}

const actOf = (stroke) => (stroke.ctrlKey || stroke.metaKey ? shortcut(stroke) : plainKey(stroke));

// A key that was pressed before the editor was there is typed into it.
function play(stroke) {
  if (!editor.editing()) return actOf(stroke)();
  if (!editor.press(stroke) && (stroke.key.length === 1 || stroke.key === "Backspace")) editor.insert(stroke.key);
}

// A finger on the cell that is active already begins typing, as on phones.
let before = "";

function tapped(event) {
  const cell = event.target.closest("td[id]");
  if (event.pointerType === "touch" && cell?.id === before) editor.edit();
}

// `#gid=5&range=B3`, as at Google: another tab is fetched, a range is gone to. The address's other part stays as it
// was, so that whoever shows the page in a frame comes from place to place without loading it anew.
let going = Promise.resolve();

async function byHash() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const gid = asked.get("gid");
  if (gid !== null && gid !== String(facts.gid)) await live.replace(gid);
  await editor.quiet();
  if (asked.get("range")) await selection.goTo(asked.get("range"));
}

// Nobody leaves before what was typed is saved.
async function left(event) {
  const link = event.target.closest("a[href]:not([target])");
  if (!link || event.defaultPrevented) return;
  editor.commit();
  if (!waiting()) return;
  event.preventDefault();
  await settled();
  location.assign(link.href);
}

function unloaded(event) {
  editor.commit();
  if (waiting()) event.preventDefault();
}

function begin() {
  readFacts();
  blocks.watch(() => {
    selection.mark();
    keep();
    tops();
  });
  selection.start(moved);
  editor.start();
  cards.start();
  $("grid").addEventListener("dblclick", (event) => event.target.closest("td[id]") && editor.edit());
  $("grid").addEventListener("pointerdown", () => (before = selection.activeCell()?.id), { capture: true });
  $("grid").addEventListener("click", tapped);
  $("entered").addEventListener("click", () => editor.edit());
  $("undo").addEventListener("click", () => takeBack(undo));
  $("redo").addEventListener("click", () => takeBack(redo));
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  tops();
  cards.placeCharts();
  buttons();
  keep();
  live.start({ quiet: editor.quiet, typing: editor.typing, renewed, replacing: () => editor.cancel(false), replaced });
}

function renewed(threads) {
  const spot = cards.held();
  cards.renew(threads);
  moved();
  cards.restore(spot);
  cards.placeCharts();
}

async function replaced(looks, kept) {
  blocks.addLooks(looks);
  const { row, column } = selection.here;
  const had = document.activeElement === document.body && ours;
  begin();
  if (kept.talk) $("talk").click();
  const same = kept.gid === facts.gid;
  if (same) $("grid").scrollTo(kept.left, kept.top);
  await selection.go(same ? row : 0, same ? column : 0, { focus: had, scroll: false });
  cards.restore(kept.held);
}

blocks.addLooks($("looks").textContent);
begin();
clipboard.start();
document.addEventListener("keydown", key);
document.addEventListener("focusin", (event) => (ours = $("grid").contains(event.target)));
document.addEventListener("click", left);
addEventListener("beforeunload", unloaded);
addEventListener("hashchange", () => (going = going.then(byHash, byHash)));
addEventListener("resize", () => {
  tops();
  cards.placeCharts();
});
if (new URLSearchParams(location.hash.slice(1)).has("range")) going = byHash();
else selection.go(0, facts.columns[0], { scroll: false, focus: false });
