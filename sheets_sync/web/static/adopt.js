// One's own table: brought in, its headings accepted or corrected, then synced where there is something to sync.

const $ = (id) => document.getElementById(id);
const { base, failed, busy } = document.body.dataset;

async function send(path, body, type) {
  $("state").textContent = busy;
  const answer = await fetch(base + path, { method: "POST", body, headers: { "Content-Type": type } });
  const said = await answer.json().catch(() => ({}));
  $("state").textContent = answer.ok ? "" : failed.replace("{problem}", said.problem ?? answer.status);
  return answer.ok ? said : null;
}

const said = {};

async function correct(event) {
  const { text } = event.target.dataset;
  if (text !== undefined) said[text] = event.target.value;
  const body = JSON.stringify({ said, year: $("year")?.value });
  const answer = await send("correct", body, "application/json");
  if (!answer) {
    if (text !== undefined) delete said[text];
    return;
  }
  $("proposal").innerHTML = answer.proposal;
  const again = [...document.querySelectorAll("[data-text]")].find((each) => each.dataset.text === text);
  again?.focus();
}

async function sync() {
  const answer = await send("sync", "", "text/plain");
  if (!answer) return;
  $("result").innerHTML = answer.result;
  $("result").scrollIntoView();
}

async function take(body, type) {
  const answer = await send("take", body, type);
  if (answer) location.assign(answer.next);
}

const takeFile = (file) => file && take(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

$("proposal")?.addEventListener("change", correct);
$("sync")?.addEventListener("click", sync);
$("take")?.addEventListener("click", () => take($("table").value, "text/tab-separated-values"));
$("file")?.addEventListener("change", () => takeFile($("file").files[0]));
for (const kind of ["dragover", "dragleave", "drop"]) {
  $("drop")?.addEventListener(kind, (event) => {
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragover");
    if (kind === "drop") takeFile(event.dataTransfer.files[0]);
  });
}
