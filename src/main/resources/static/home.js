// Keeps the figures of Home as they are now. The page is whole without it: then it shows how things were when it was made.
// A page that nobody sees asks for nothing, so that many tabs don't use up the few connections that a browser has for one server.
const section = document.querySelector('[data-arrivals]')
const live = document.querySelector('.pb-live')
const words = document.querySelector('[data-live-words]')
const pause = document.querySelector('[data-live-pause]')
const number = new Intl.NumberFormat('en-GB')
const clock = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London' })
let source = null
let paused = false
let changed = false

function now() {
  return clock.format(new Date()).replace(/\s/g, '').toLowerCase()
}

function say(text) {
  words.textContent = text
}

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text
}

function show(news) {
  put(document.querySelector('[data-today]'), number.format(news.today))
  put(document.querySelector('[data-week]'), number.format(news.week))
  for (const need of news.needs) {
    const card = document.querySelector(`[data-need="${CSS.escape(need.key)}"]`)
    if (!card) continue
    card.classList.toggle('pb-need--none', need.none)
    put(card.querySelector('.figure'), need.figure)
    put(card.querySelector('.pb-meta'), need.says)
  }
  const rows = [...document.querySelectorAll('[data-series]')]
  const same = rows.length === news.channels.length && news.channels.every((one, i) => rows[i].dataset.series === one.channel)
  if (same) news.channels.forEach((one, i) => draw(rows[i], one))
  changed = true
  say(same ? `Changed at ${now()}.` : `Changed at ${now()}. Load the page again to see all of the picture.`)
}

function draw(row, series) {
  put(row.querySelector('.figure'), series.figure)
  row.querySelectorAll('rect').forEach((column, i) => {
    column.setAttribute('y', series.columns[i][0])
    column.setAttribute('height', series.columns[i][1])
  })
}

function open() {
  if (source || paused || document.hidden) return
  source = new EventSource(section.dataset.arrivals)
  source.addEventListener('news', (event) => show(JSON.parse(event.data)))
  source.addEventListener('open', () => { if (!changed) say('Changes by itself.') })
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

if (section && 'EventSource' in window) {
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
      changed = false
      open()
    }
  })
}
