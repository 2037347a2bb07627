// Enhances Review, which works without it: single keys for the buttons and links of the page. They can be turned off (WCAG 2.1.4), which this browser
// remembers, and do nothing while something is typed or a key such as Ctrl is held.
const SETTING = 'review-keys'
const help = document.querySelector('#keys')
const on = document.querySelector('#keys-on')

const links = { j: '#after', arrowright: '#after', k: '#before', arrowleft: '#before' }

function target(key) {
  if (key === 'z') return document.querySelector('.pb-notice form button')
  return links[key] ? document.querySelector(links[key]) : document.querySelector(`[data-key="${CSS.escape(key)}"]`)
}

function isTyped(element) {
  return element.closest('input, textarea, select, [contenteditable]') !== null
}

function stored() {
  try {
    return localStorage.getItem(SETTING) !== 'off'
  } catch {
    return true
  }
}

if (help) {
  help.hidden = false
  on.checked = stored()
  show()
  on.addEventListener('change', () => {
    localStorage.setItem(SETTING, on.checked ? 'on' : 'off')
    show()
  })
  document.querySelectorAll('[data-key]').forEach((button) => {
    button.append(Object.assign(document.createElement('kbd'), { textContent: button.dataset.key.toUpperCase(), ariaHidden: 'true' }))
  })
}

// Keys that do nothing aren't shown on the buttons.
function show() {
  document.body.classList.toggle('pb-keys-off', !on.checked)
}

let left = false
document.addEventListener('keydown', (event) => {
  if (!help || !on.checked || left || event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyped(event.target)) return
  if (event.key === '?') {
    help.open = !help.open
    if (help.open) help.querySelector('summary').focus()
    event.preventDefault()
    return
  }
  const found = target(event.key.toLowerCase())
  if (!found) return
  event.preventDefault()
  left = true
  found.click()
})
// A page that the browser keeps and shows again takes keys again.
addEventListener('pageshow', () => { left = false })
