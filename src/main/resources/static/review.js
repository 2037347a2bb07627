// Enhances Review, which works without it: single keys for the buttons and links of the page, beside those of all pages (see keys.js).
import { pageKeys } from '/keys.js'

const shown = [...document.querySelectorAll('[data-key]')]
const undo = () => document.querySelector('.pb-notice form button')

pageKeys('On this page', [
  ...shown.map((button) => ({ names: [button.dataset.key], words: button.textContent.trim(), find: () => button })),
  ...(shown.length || undo() ? [{ names: ['z'], words: 'Undo what was just done', find: undo }] : []),
  { names: ['j', 'arrowright'], words: 'Next pair', find: () => document.querySelector('#after') },
  { names: ['k', 'arrowleft'], words: 'Previous pair', find: () => document.querySelector('#before') },
])

for (const button of shown) button.append(Object.assign(document.createElement('kbd'), { textContent: button.dataset.key.toUpperCase(), ariaHidden: 'true' }))
