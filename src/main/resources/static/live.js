// Keeps a page as things are now: the element `data-live` names the stream. What comes is drawn by the page's own script, which hears it as the event `news` and prevents the default where it
// can't draw all of it. The page is whole without both: then it shows how things were when it was made.
// A page that nobody sees asks for nothing, so that many tabs don't use up the few connections that a browser has for one server.
const section = document.querySelector('[data-live]')
const live = document.querySelector('.pb-live')
const words = document.querySelector('[data-live-words]')
const pause = document.querySelector('[data-live-pause]')
// In the language of the page, which brings them; {0} stands for a time. The console's pages are in English.
const texts = {
  changes: 'Changes by itself.',
  changed: 'Changes by itself. Last change at {0}.',
  partly: 'Changed at {0}. Load the page again to see all of it.',
  ended: 'No longer changes by itself, since {0}. Load the page again to see what is new.',
  paused: 'Paused at {0}.',
  pause: 'Pause',
  goOn: 'Go on',
  ...live?.dataset,
}
const clock = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London' })
let source = null
let paused = false

const now = () => clock.format(new Date()).replace(/\s/g, '').toLowerCase()

function say(text) {
  if (words.textContent !== text) words.textContent = text
}

let known = ''

function show(data) {
  const news = JSON.parse(data)
  const all = section.dispatchEvent(new CustomEvent('news', { detail: news, cancelable: true }))
  // What comes again without news keeps its time.
  if (!all) say(texts.partly.replace('{0}', now()))
  else if (data !== known) say(texts.changed.replace('{0}', now()))
  known = data
}

function open() {
  if (source || paused || document.hidden) return
  source = new EventSource(section.dataset.live)
  if (!words.textContent) say(texts.changes)
  source.addEventListener('news', (event) => show(event.data))
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
  say(texts.ended.replace('{0}', now()))
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
    pause.textContent = paused ? texts.goOn : texts.pause
    if (paused) {
      close()
      say(texts.paused.replace('{0}', now()))
    } else {
      say(texts.changes)
      open()
    }
  })
}
