// Notes and comment threads: a card beside the cell, and all of the tab's threads at the side.

import { $, word } from "./facts.js";
import { call } from "./api.js";
import { activeCell, goTo } from "./selection.js";
import { refresh } from "./live.js";

export function show() {
  const card = $("card");
  const cell = activeCell();
  card.replaceChildren();
  if (cell?.dataset.note) {
    const note = document.createElement("p");
    note.className = "written";
    note.textContent = cell.dataset.note;
    card.append(note);
  }
  if (cell) {
    const mine = $("threads").querySelectorAll(`.thread[data-at="${cell.id}"]:not(.resolved)`);
    mine.forEach((thread) => card.append(thread.cloneNode(true)));
  }
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
  } catch (problem) {
    $("state").textContent = word("gone", { problem: problem.message });
    return;
  }
  await refresh();
}

export function start() {
  for (const id of ["threads", "card"]) $(id).addEventListener("click", act);
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
