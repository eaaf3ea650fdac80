// The demo's panel: buttons press the program's jobs, the tour points into the workbook.

const $ = (id) => document.getElementById(id);
const facts = JSON.parse(document.body.dataset.facts);
const buttons = [...document.querySelectorAll("[data-act]")];
let place = Number(sessionStorage.getItem("stop") ?? 0);
let pressed = 0; // how many of the stop's buttons have been pressed

async function act(name) {
  buttons.forEach((button) => (button.disabled = true));
  $("busy").textContent = facts.words.busy;
  if (name === "restart") $("book").src = "about:blank"; // its server goes
  try {
    const answer = await fetch(`/act/${name}`, { method: "POST" });
    if (!answer.ok) throw new Error(answer.status);
    const news = await answer.json();
    if (news.restarted) {
      sessionStorage.clear();
      return location.assign("/");
    }
    show(news);
    if (facts.stops[place].press[pressed] === name) pressed += 1;
    $("busy").textContent = news.gist;
  } catch {
    $("busy").textContent = facts.words.failed;
  }
  buttons.forEach((button) => (button.disabled = false));
  wanted();
}

function show(news) {
  facts.tabs = news.tabs;
  for (const id of ["story", "mails"]) $(id).innerHTML = news[id];
  $("count").textContent = news.count;
  $("now").textContent = news.now;
  const sick = document.querySelector("[data-act=sick]");
  sick.setAttribute("aria-pressed", String(news.sick));
  sick.textContent = news.sick ? facts.words.well : facts.words.sick;
}

function point() {
  const { tab, cell } = facts.stops[place];
  if (!(tab in facts.tabs)) return;
  const address = new URL($("book").src);
  address.searchParams.delete("login");
  address.hash = `gid=${facts.tabs[tab]}&range=${cell}&at=${Date.now()}`;
  $("book").src = address.href;
  turn("book");
}

function wanted() {
  const next = facts.stops[place].press[pressed];
  buttons.forEach((button) => button.classList.toggle("wanted", button.dataset.act === next));
}

// What stands between backticks is to be typed.
function say(text) {
  $("stop-text").replaceChildren(
    ...text.split("`").map((part, number) => {
      if (number % 2 === 0) return document.createTextNode(part);
      const code = document.createElement("code");
      code.textContent = part;
      return code;
    }),
  );
}

function stop(number, pointing) {
  place = Math.min(Math.max(number, 0), facts.stops.length - 1);
  pressed = 0;
  sessionStorage.setItem("stop", place);
  $("stop-number").textContent = `${place + 1}/${facts.stops.length}`;
  $("stop-title").textContent = facts.stops[place].title;
  say(facts.stops[place].text);
  $("back").disabled = place === 0;
  $("next").disabled = place === facts.stops.length - 1;
  wanted();
  if (pointing) point();
}

function turn(to) {
  document.body.classList.toggle("side", to === "side");
  document.querySelectorAll("[data-show]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.show === to));
  });
}

buttons.forEach((button) => button.addEventListener("click", () => act(button.dataset.act)));
document.querySelectorAll("[data-show]").forEach((button) => {
  button.addEventListener("click", () => turn(button.dataset.show));
});
$("next").addEventListener("click", () => stop(place + 1, true));
$("back").addEventListener("click", () => stop(place - 1, true));
$("show").addEventListener("click", point);
$("mails").addEventListener("click", (event) => {
  const link = event.target.closest("[data-mail]");
  if (!link) return;
  event.preventDefault();
  $("mail").showModal(); // first, so that the mail's frame has its size before it loads
  $("mail").querySelector("iframe").src = link.href;
});
$("close").addEventListener("click", () => $("mail").close());
if (matchMedia("(max-width: 800px)").matches) turn("side");
stop(place, false);
