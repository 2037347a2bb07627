// Enhances what works without it: GOV.UK Frontend's own behaviour (focus on the error summary, skip link, no double submit).
import { initAll } from '/webjars/govuk-frontend/5.14.0/dist/govuk/govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// Drafts (see record.js) belong to who typed them: they go when that person signs out, and when somebody else signs in.
const member = document.body.dataset.member
const dropDrafts = (keep) =>
  Object.keys(sessionStorage).filter((key) => key.startsWith('draft:') && key !== keep).forEach((key) => sessionStorage.removeItem(key))
if (member) dropDrafts(`draft:${member}`)
document.querySelector('form.pb-me')?.addEventListener('submit', () => dropDrafts())
