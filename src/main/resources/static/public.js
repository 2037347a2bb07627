// Enhances what works without it: the error summary takes focus, the message counts its characters.
import { createAll, CharacterCount, ErrorSummary, SkipLink } from "/webjars/govuk-frontend/5.14.0/dist/govuk/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(SkipLink);
createAll(ErrorSummary);
createAll(CharacterCount);
