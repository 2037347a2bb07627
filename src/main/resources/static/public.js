// Enhances what works without it: the error summary takes focus, the message counts its characters, the back button brings back the form that was sent.
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
