// Notes and comment threads: a card beside the cell, and all of the tab's threads at the side.

import { $, word } from "./facts.js";
import { call } from "./api.js";
import { activeCell, goTo } from "./selection.js";
import { refresh } from "./live.js";

// What somebody writes under a thread stays, with the cursor in it, though the threads come anew.
const drafts = new Map();
const SPOT = "#card input, #threads input";
const threadOf = (box) => box.closest(".thread").dataset.thread;
let given = null; // the threads as they came last

function written(event) {
  if (event.target.matches("input")) drafts.set(threadOf(event.target), event.target.value);
}

export function held() {
  const box = document.activeElement;
  if (!box?.matches(SPOT)) return null;
  const where = box.closest("#card") ? "#card" : "#threads";
  return { find: `${where} .thread[data-thread="${threadOf(box)}"] input`, from: box.selectionStart, to: box.selectionEnd };
}

export function restore(spot) {
  document.querySelectorAll(SPOT).forEach((box) => (box.value = drafts.get(threadOf(box)) ?? ""));
  const box = spot && document.querySelector(spot.find);
  if (!box || box === document.activeElement) return;
  box.focus({ preventScroll: true });
  box.setSelectionRange(spot.from, spot.to);
}

export function renew(threads) {
  if (threads !== given) $("threads").innerHTML = given = threads;
  count();
}

export function show() {
  const card = $("card");
  const cell = activeCell();
  const fresh = document.createElement("div");
  if (cell?.dataset.note) {
    const note = document.createElement("p");
    note.className = "written";
    note.textContent = cell.dataset.note;
    fresh.append(note);
  }
  if (cell) {
    const mine = $("threads").querySelectorAll(`.thread[data-at="${cell.id}"]:not(.resolved)`);
    mine.forEach((thread) => fresh.append(thread.cloneNode(true)));
  }
  if (fresh.innerHTML !== card.innerHTML) card.replaceChildren(...fresh.childNodes);
  restore(null);
  card.hidden = !card.childNodes.length || !$("threads").hidden;
  if (!card.hidden) place(card, cell);
}

function place(card, cell) {
  const narrow = innerWidth < 640;
  card.classList.toggle("below", narrow);
  card.style.left = card.style.top = "";
  if (narrow) return;
  const box = cell.getBoundingClientRect();
  const right = box.right + 8 + card.offsetWidth <= innerWidth;
  card.style.left = `${Math.max(right ? box.right + 8 : box.left - card.offsetWidth - 8, 8)}px`;
  card.style.top = `${Math.max(Math.min(box.top, innerHeight - card.offsetHeight - 50), 8)}px`;
}

export function count() {
  $("talk").querySelector("span").textContent = $("threads").querySelectorAll(".thread:not(.resolved)").length;
}

async function act(event) {
  const button = event.target.closest("[data-act]");
  const thread = event.target.closest(".thread");
  const name = event.target.closest("h3 a");
  if (name) {
    event.preventDefault();
    return goTo(name.textContent);
  }
  if (!button) return;
  const said = thread.querySelector("input").value.trim();
  const resolves = button.dataset.act === "resolve";
  if (!said && !resolves) return;
  const post = { ...(said && { content: said }), ...(resolves && { commentAction: "RESOLVE" }) };
  const request = { addCommentReply: { commentId: thread.dataset.thread, post } };
  try {
    await call("POST", ":batchUpdate", { requests: [request] });
    drafts.delete(thread.dataset.thread);
  } catch (problem) {
    $("state").textContent = word("gone", { cell: thread.querySelector("h3 a").textContent, text: said, problem: problem.message });
    return;
  }
  await refresh();
}

export function start() {
  given = null;
  for (const id of ["threads", "card"]) {
    $(id).addEventListener("click", act);
    $(id).addEventListener("input", written);
  }
  $("talk").addEventListener("click", () => {
    const side = $("threads");
    side.hidden = !side.hidden;
    $("talk").setAttribute("aria-expanded", String(!side.hidden));
    show();
  });
  $("grid").addEventListener("scroll", () => !$("card").hidden && place($("card"), activeCell() ?? $("name")));
  count();
}

export function placeCharts() {
  const grid = $("grid");
  const frame = grid.getBoundingClientRect();
  document.querySelectorAll(".chart").forEach((chart) => {
    const cell = $(chart.dataset.at);
    if (!cell) return;
    const box = cell.getBoundingClientRect();
    chart.style.left = `${box.left - frame.left + grid.scrollLeft + Number(chart.dataset.right)}px`;
    chart.style.top = `${box.top - frame.top + grid.scrollTop + Number(chart.dataset.down)}px`;
  });
}
