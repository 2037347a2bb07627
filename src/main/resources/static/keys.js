// Single keys, on every page of staff's, for what can be done without them too. One list: the dialog that ? opens. They can be turned off (WCAG 2.1.4), which
// this browser remembers, and do nothing while something is typed or a key such as Ctrl is held.
const SETTING = 'keys'
// What is read, which the page brings along.
const texts = document.body.dataset
const search = () => document.querySelector('form[role=search] input[type=text]')
const hits = () => [...document.querySelectorAll('a[data-hit]')].filter((link) => link.checkVisibility())
const enquiries = document.querySelector('.pb-nav a[href="/enquiries"]')

// What a key does; false where it has nothing to do here, so that the browser's own meaning of the key stays.
const acts = { '/': toSearch, j: () => move(1), k: () => move(-1), x: tick, '?': openHelp }
const own = []

let dialog
// A page that is being left takes no further key.
let left = false
addEventListener('pageshow', () => { left = false })

export function keysOn() {
  try {
    return localStorage.getItem(SETTING) !== 'off'
  } catch {
    return true
  }
}

function turn(on) {
  try {
    localStorage.setItem(SETTING, on ? 'on' : 'off')
  } catch {
    // Where nothing may be stored it holds for this page.
  }
  show(on)
}

// Keys that do nothing aren't shown on buttons.
function show(on) {
  document.body.classList.toggle('pb-keys-off', !on)
}

// A page's own keys, which come before those of all pages; words are for the dialog. Each element found is clicked.
export function pageKeys(heading, keys) {
  own.push({ heading, keys })
  for (const { names, find } of keys) {
    for (const name of names) acts[name] = () => click(find())
  }
}

function click(element) {
  if (!element) return false
  left = true
  element.click()
}

function toSearch() {
  const box = search()
  if (box) {
    box.focus()
    box.select()
  } else if (enquiries) {
    left = true
    location.assign(`${enquiries.href}#q`)
  } else return false
}

function move(by) {
  const links = hits()
  if (links.length === 0) return false
  const now = links.indexOf(document.activeElement)
  const next = now < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, now + by))
  links[next].focus()
}

// The box of the line whose link has the focus.
const boxOf = (link) => link?.closest('tr')?.querySelector('.pb-tick input')

function tick() {
  const box = hits().includes(document.activeElement) && boxOf(document.activeElement)
  if (!box) return false
  box.click()
}

function openHelp() {
  dialog ??= makeDialog()
  dialog.querySelector('input').checked = !document.body.classList.contains('pb-keys-off')
  dialog.showModal()
}

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

const LABELS = { arrowright: '→', arrowleft: '←', enter: 'Enter' }

function list(keys) {
  return element('dl', { className: 'pb-dl' }, ...keys.flatMap(({ names, words }) => [
    element('dt', {}, ...names.flatMap((name, i) => [...(i ? [` ${texts.keysOr} `] : []), element('kbd', { textContent: LABELS[name] ?? name.toUpperCase() })])),
    element('dd', { textContent: words })]))
}

// Only what does something here is listed.
function everywhere() {
  return [
    ...(search() || enquiries ? [{ names: ['/'], words: search() ? texts.keysSearch : texts.keysEnquiries }] : []),
    ...(hits().length ? [{ names: ['j'], words: texts.keysNext }, { names: ['k'], words: texts.keysBefore }, { names: ['enter'], words: texts.keysOpen }] : []),
    ...(hits().some(boxOf) ? [{ names: ['x'], words: texts.keysTick }] : []),
    { names: ['?'], words: texts.keysThese },
  ]
}

function makeDialog() {
  const off = element('input', { type: 'checkbox' })
  off.addEventListener('change', () => turn(off.checked))
  const close = element('button', { type: 'button', className: 'govuk-button', textContent: texts.keysClose })
  const made = element('dialog', { className: 'pb-dialog pb-keys' },
    element('h2', { id: 'keys-title', className: 'govuk-heading-m', textContent: texts.keysTitle }),
    ...own.flatMap(({ heading, keys }) => [element('h3', { textContent: heading }), list(keys)]),
    ...(own.length ? [element('h3', { textContent: texts.keysEverywhere })] : []),
    list(everywhere()),
    element('p', {}, element('label', { className: 'pb-choice' }, off, ` ${texts.keysUse}`)),
    close)
  made.setAttribute('aria-labelledby', 'keys-title')
  close.addEventListener('click', () => made.close())
  document.body.append(made)
  return made
}

const isTyped = (target) => target.closest?.('input, textarea, select, [contenteditable]')

// Who isn't signed in has nowhere to go by them.
if (document.body.dataset.member) addEventListener('keydown', (event) => {
  if (left || event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
  if (document.body.classList.contains('pb-keys-off') || dialog?.open || isTyped(event.target)) return
  const key = event.key.toLowerCase()
  if (!Object.hasOwn(acts, key) || (event.repeat && !hits().length)) return
  if (acts[key]() !== false) event.preventDefault()
})

// The dialog has a way in without a key, for whoever turned the keys off or does not know of them.
const main = document.querySelector('#main-content')
if (document.body.dataset.member && main) {
  const way = element('button', { type: 'button', className: 'pb-link', textContent: texts.keysTitle })
  way.append(element('span', { className: 'govuk-visually-hidden', textContent: ` ${texts.keysWay}` }))
  way.addEventListener('click', openHelp)
  main.append(element('p', { className: 'pb-meta pb-keys-way' }, way))
}
show(keysOn())
if (location.hash === '#q') search()?.focus()
