// Enhances the page Record a call, which works without it: looks contacts up while a name or number is typed, and keeps a draft.
import htmx from '/webjars/htmx.org/2.0.10/dist/htmx.esm.js'

// The draft lies in this tab's own storage: it outlives a reload, a page left by mistake, a session that ended and a browser that was restarted with its
// tabs, is gone with the tab, and is never on the disk of a computer that others use tomorrow, as localStorage would be.
const draftKey = `draft:${document.body.dataset.member}`
const form = document.querySelector('#note')
const found = document.querySelector('#found')

const saved = document.querySelector('main[data-saved]')?.dataset.saved
const draft = JSON.parse(sessionStorage.getItem(draftKey) ?? 'null')
if (saved && draft?.key === saved) sessionStorage.removeItem(draftKey)

const fields = () => Object.fromEntries([...new FormData(form)].filter(([name]) => name !== '_csrf'))
const typed = (all) => ['telephone', 'name', 'email', 'place', 'asked', 'answered'].some((name) => all[name]?.trim())

if (form) {
  if (form.dataset.blank && draft && typed(draft)) restore(draft)
  const keep = () => {
    const all = fields()
    if (typed(all)) sessionStorage.setItem(draftKey, JSON.stringify(all))
    else sessionStorage.removeItem(draftKey)
  }
  form.addEventListener('input', keep)
  form.addEventListener('change', keep)
  // What came back with something to put right, or not saved yet, is a draft too.
  if (!form.dataset.blank) keep()
  document.querySelector('#draft-drop').addEventListener('click', () => {
    sessionStorage.removeItem(draftKey)
    location.reload()
  })
  found.addEventListener('htmx:afterSwap', say)
  document.body.addEventListener('htmx:responseError', notNow)
  document.body.addEventListener('htmx:sendError', notNow)
}

function restore(draft) {
  for (const [name, value] of Object.entries(draft)) {
    const field = form.elements[name]
    if (field instanceof RadioNodeList) field.value = value
    else if (field?.type === 'checkbox') field.checked = true
    else if (field) field.value = value
  }
  document.querySelector('#draft').hidden = false
  if (draft.contact) {
    // The radios of the look-up come with its answer; until then the choice stands here.
    found.replaceChildren(Object.assign(document.createElement('input'), { type: 'hidden', name: 'contact', value: draft.contact }))
  }
  htmx.ajax('POST', '/by-hand/find', { source: '#name', target: '#found' })
}

function say() {
  const said = document.querySelector('#found-said')
  const text = found.querySelector('legend, p')?.textContent ?? ''
  const count = found.querySelectorAll('input[type=radio]').length - 1
  said.textContent = count > 0 ? `${text} ${said.dataset.count.replace('{0}', count)}` : text
}

function notNow() {
  const said = document.querySelector('#found-said')
  said.textContent = ''
  found.replaceChildren(Object.assign(document.createElement('p'), { textContent: said.dataset.away }))
}
