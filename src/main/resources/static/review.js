// Enhances Review, which works without it: single keys for the buttons and links of the page, beside those of all pages (see keys.js).
import { pageKeys } from '/keys.js'

// In the language of the page.
const words = document.querySelector('main').dataset

const shown = [...document.querySelectorAll('[data-key]')]
const undo = () => document.querySelector('.pb-notice form button')

pageKeys(words.keys, [
  ...shown.map((button) => ({ names: [button.dataset.key], words: button.textContent.trim(), find: () => button })),
  ...(shown.length || undo() ? [{ names: ['z'], words: words.keysUndo, find: undo }] : []),
  { names: ['j', 'arrowright'], words: words.keysNext, find: () => document.querySelector('#after') },
  { names: ['k', 'arrowleft'], words: words.keysPrevious, find: () => document.querySelector('#before') },
])

for (const button of shown) button.append(Object.assign(document.createElement('kbd'), { textContent: button.dataset.key.toUpperCase(), ariaHidden: 'true' }))
