// Enhances what works without it: the error summary takes focus, the message counts its characters, a topic shows its questions at once, the back button brings
// back the form that was sent.
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
    document.querySelector("#questions-said").textContent =
      count === 0 ? "" : count === 1 ? "There is a question about this topic below" : `There are ${count} questions about this topic below`;
  });
}
