// Keeps the list of routes as they are now. The page is whole without it: then it shows how things were when it was made.
// A page that nobody sees asks for nothing, so that many tabs don't use up the few connections that a browser has for one server.
const list = document.querySelector('[data-routes]')
const live = document.querySelector('.pb-live')
const words = document.querySelector('[data-live-words]')
const pause = document.querySelector('[data-live-pause]')
const number = new Intl.NumberFormat('en-GB')
const clock = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London' })
let source = null
let paused = false

const now = () => clock.format(new Date()).replace(/\s/g, '').toLowerCase()

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text
}

function say(text) {
  put(words, text)
}

function show(news) {
  for (const [name, value] of Object.entries(news.totals)) {
    const shown = typeof value === 'number' ? number.format(value) : value
    if (shown !== '') put(document.querySelector(`[data-total="${CSS.escape(name)}"]`), shown)
  }
  const rows = [...document.querySelectorAll('[data-route]')]
  const same = rows.length === news.routes.length && news.routes.every((route, i) => rows[i].dataset.route === route.id)
  if (same) news.routes.forEach((route, i) => draw(rows[i], route))
  const alarms = [...document.querySelectorAll('[data-alarm]')].map((alarm) => alarm.dataset.alarm)
  const known = alarms.length === news.alarms.length && news.alarms.every((alarm) => alarms.includes(alarm))
  say(same && known ? `Changes by itself. Last change at ${now()}.` : `Changed at ${now()}. Load the page again to see all of it.`)
}

function draw(row, route) {
  const cell = (name) => row.querySelector(`[data-k="${name}"]`)
  const state = cell('state')
  if (state.className !== route.sign) state.className = route.sign
  for (const name of ['state', 'wanted', 'health', 'last', 'waiting', 'next']) put(cell(name), route[name])
  for (const name of ['today', 'inFlight', 'failed']) put(cell(name), number.format(route[name]))
  const rate = cell('rate')
  rate.setAttribute('aria-label', route.rate)
  rate.querySelectorAll('rect').forEach((column, i) => {
    column.setAttribute('y', route.columns[i][0])
    column.setAttribute('height', route.columns[i][1])
  })
  for (const link of row.querySelectorAll('[data-do]')) link.hidden = !route.can.includes(link.dataset.do)
}

function open() {
  if (source || paused || document.hidden) return
  source = new EventSource(list.dataset.routes)
  source.addEventListener('news', (event) => show(JSON.parse(event.data)))
  source.addEventListener('open', () => { if (!words.textContent) say('Changes by itself.') })
  // The server has enough pages of this session open.
  source.addEventListener('enough', stop)
  source.addEventListener('error', () => {
    // Otherwise the browser tries again by itself.
    if (source?.readyState === EventSource.CLOSED) stop()
  })
}

function stop() {
  close()
  paused = true
  pause.hidden = true
  say(`No longer changes by itself, since ${now()}. Load the page again to see what is new.`)
}

function close() {
  source?.close()
  source = null
}

if (list && 'EventSource' in window) {
  live.hidden = false
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  // A page that the browser keeps for the way back holds no stream.
  addEventListener('pagehide', close)
  addEventListener('pageshow', open)
  pause.addEventListener('click', () => {
    paused = !paused
    pause.textContent = paused ? 'Go on' : 'Pause'
    if (paused) {
      close()
      say(`Paused at ${now()}.`)
    } else {
      say('Changes by itself.')
      open()
    }
  })
}
