// Enhances what works without it: GOV.UK Frontend's own behaviour (focus on the error summary, skip link, no double submit).
import { initAll } from '/webjars/govuk-frontend/5.14.0/dist/govuk/govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
