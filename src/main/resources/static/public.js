// Enhances what works without it: the error summary takes focus, the message counts its characters, a topic shows its questions at once, the back button brings
// back the form that was sent, another language leaves what was typed.
import { createAll, CharacterCount, ErrorSummary, SkipLink } from "/webjars/govuk-frontend/5.14.0/dist/govuk/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(SkipLink);
createAll(ErrorSummary);
createAll(CharacterCount);

// Where a browser keeps no whole pages for its back button, it fetches the form anew and puts what was typed back into it, but not its key.
// With its key, the same message sent again is the same item and has the same reference.
const key = document.querySelector("form input[name=key]");
if (key) {
  key.value = history.state?.key ?? key.value;
  history.replaceState({ key: key.value }, "");
}

// Without scripts a button asks for the questions of a topic. What was answered comes back where its question does.
const questions = document.querySelector("#questions");
const topic = document.querySelector("select#topic");
if (questions && topic) {
  const answers = new Map();
  topic.addEventListener("change", () => {
    for (const [name, value] of new FormData(topic.form)) if (name.startsWith("answer-")) answers.set(name, value);
    topic.form.querySelectorAll("input[type=hidden][name^=answer-]").forEach((kept) => kept.remove());
    const template = [...document.querySelectorAll("template[data-topic]")].find((one) => one.dataset.topic === topic.value);
    questions.replaceChildren(...(template ? [...template.content.cloneNode(true).children] : []));
    for (const field of questions.querySelectorAll("[name]")) {
      if (field.type === "radio") field.checked = answers.get(field.name) === field.value;
      else field.value = answers.get(field.name) ?? "";
    }
    const count = questions.children.length;
    const said = document.querySelector("#questions-said");
    said.textContent = count === 0 ? "" : (count === 1 ? said.dataset.one : said.dataset.many).replace("%{count}", count);
  });
}

// The link to the page in the other language would leave behind what was typed: the form goes there itself, by the button that it has once it was sent.
const other = document.querySelector("a[hreflang]");
if (other && topic) {
  const form = topic.form;
  const isTyped = () => [...form.elements].some((field) => field.type === "checkbox" || field.type === "radio" ? field.checked : field.type !== "hidden" && field.type !== "submit" && field.value);
  other.addEventListener("click", (event) => {
    if (!isTyped()) return;
    event.preventDefault();
    const change = Object.assign(document.createElement("button"), { name: "change-language", value: other.hreflang, hidden: true });
    form.append(change);
    form.requestSubmit(change);
  });
}
