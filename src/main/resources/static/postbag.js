// Enhances what works without it: GOV.UK Frontend's own behaviour (focus on the error summary, skip link, no double submit).
import { initAll } from '/webjars/govuk-frontend/5.14.0/dist/govuk/govuk-frontend.min.js'
import '/keys.js'
import '/suggestions.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// An open enquiry says each minute that it is open, and who else has it open. Where nobody has touched the page for a while it stops, so that the session ends as it should.
const open = document.querySelector('[data-open]')
const csrf = document.querySelector('form.pb-me [name=_csrf]')?.value
if (open && csrf) {
  let touched = Date.now()
  for (const sign of ['keydown', 'pointerdown', 'scroll']) addEventListener(sign, () => { touched = Date.now() }, { passive: true })
  setInterval(async () => {
    if (document.hidden || Date.now() - touched > 10 * 60_000) return
    const answer = await fetch(open.dataset.open, { method: 'POST', body: new URLSearchParams({ _csrf: csrf }), redirect: 'error' }).catch(() => null)
    if (!answer?.ok) return
    const words = await answer.text()
    if (open.textContent !== words) open.textContent = words
  }, 60_000)
}

// A note that isn't added yet stays while something else is done on the page, which loads it anew.
const note = document.querySelector('#note[name=text]')
if (note && document.body.dataset.member) {
  const key = `draft:${document.body.dataset.member}:note:${location.pathname}`
  note.value ||= sessionStorage.getItem(key) ?? ''
  note.addEventListener('input', () => (note.value ? sessionStorage.setItem(key, note.value) : sessionStorage.removeItem(key)))
  note.form.addEventListener('submit', () => sessionStorage.removeItem(key))
}

// Drafts (see record.js) belong to who typed them: they go when that person signs out, and when somebody else signs in.
const member = document.body.dataset.member
const dropDrafts = (keep) =>
  Object.keys(sessionStorage).filter((key) => key.startsWith('draft:') && key !== keep && !key.startsWith(`${keep}:`)).forEach((key) => sessionStorage.removeItem(key))
if (member) dropDrafts(`draft:${member}`)
document.querySelector('form.pb-me')?.addEventListener('submit', () => dropDrafts())
