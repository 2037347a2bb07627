// Suggestions under a search box while something is typed: the combobox with a listbox of ARIA 1.2. Without it the box is a box. What is typed is posted, so
// that it stands in no address, and the answer is kept nowhere.
const PAUSE_MILLISECONDS = 150
const LENGTH_MIN = 2
// What is read, which the page brings along.
const texts = document.body.dataset
const csrf = document.querySelector('form.pb-me [name=_csrf]')?.value

for (const box of document.querySelectorAll('input[data-suggestions]')) if (csrf) suggest(box)

function suggest(box) {
  const list = Object.assign(document.createElement('ul'), { id: `${box.id}-suggestions`, className: 'pb-suggestions', hidden: true })
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', texts.suggestionsTitle)
  const said = Object.assign(document.createElement('p'), { className: 'govuk-visually-hidden' })
  said.setAttribute('role', 'status')
  box.form.append(list, said)
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id]]) box.setAttribute(name, value)

  let shown = []
  let active = -1
  let timer
  let asking

  const close = () => {
    clearTimeout(timer)
    asking?.abort()
    shown = []
    list.hidden = true
    list.replaceChildren()
    said.textContent = ''
    box.setAttribute('aria-expanded', 'false')
    point(-1)
  }

  const point = (to) => {
    list.children[active]?.setAttribute('aria-selected', 'false')
    active = to
    const option = list.children[active]
    if (option) {
      option.setAttribute('aria-selected', 'true')
      option.scrollIntoView({ block: 'nearest' })
      box.setAttribute('aria-activedescendant', option.id)
    } else box.removeAttribute('aria-activedescendant')
  }

  const choose = (suggestion) => {
    close()
    if (suggestion.path) {
      location.assign(suggestion.path)
      return
    }
    box.value = suggestion.label
    box.focus()
    box.setSelectionRange(box.value.length, box.value.length)
  }

  const show = (suggestions) => {
    point(-1)
    shown = suggestions
    list.replaceChildren(...suggestions.map(option))
    place()
    list.hidden = shown.length === 0
    box.setAttribute('aria-expanded', String(shown.length > 0))
    said.textContent = shown.length > 1 ? texts.suggestionsMany.replace('#', shown.length) : shown.length ? texts.suggestionsOne : ''
  }

  // Right under the box, whatever stands beside it or below it.
  const place = () => {
    list.style.top = `${box.offsetTop + box.offsetHeight}px`
    list.style.width = `${box.offsetWidth}px`
  }

  const option = (suggestion, number) => {
    const made = Object.assign(document.createElement('li'), { id: `${list.id}-${number}` })
    made.setAttribute('role', 'option')
    made.setAttribute('aria-selected', 'false')
    const label = Object.assign(document.createElement('bdi'), { textContent: suggestion.label })
    const kind = Object.assign(document.createElement('span'), { className: 'pb-meta', textContent: suggestion.detail ? `${suggestion.kind}, ${suggestion.detail}` : suggestion.kind })
    made.append(label, ' ', kind)
    // The box keeps the focus.
    made.addEventListener('mousedown', (event) => event.preventDefault())
    made.addEventListener('click', () => choose(suggestion))
    return made
  }

  const ask = async () => {
    asking?.abort()
    const mine = new AbortController()
    asking = mine
    const body = new URLSearchParams({ typed: box.value, _csrf: csrf })
    try {
      const answer = await fetch(box.dataset.suggestions, { method: 'POST', body, redirect: 'error', signal: mine.signal })
      const suggestions = answer.ok ? await answer.json() : []
      if (asking === mine && document.activeElement === box) show(suggestions)
    } catch {
      // Nobody waits for suggestions: where there is no answer there are none.
      if (asking === mine) show([])
    }
  }

  box.addEventListener('input', (event) => {
    clearTimeout(timer)
    if (event.isComposing) return
    if (box.value.trim().length < LENGTH_MIN) close()
    else timer = setTimeout(ask, PAUSE_MILLISECONDS)
  })
  box.addEventListener('blur', close)
  addEventListener('resize', place)
  box.form.addEventListener('submit', close)
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || list.hidden) return
    const keys = {
      ArrowDown: () => point(active + 1 < shown.length ? active + 1 : -1),
      ArrowUp: () => point(active >= 0 ? active - 1 : shown.length - 1),
      Escape: close,
      Enter: active >= 0 ? () => choose(shown[active]) : null,
    }
    if (!Object.hasOwn(keys, event.key) || !keys[event.key]) return
    event.preventDefault()
    keys[event.key]()
  })
}
