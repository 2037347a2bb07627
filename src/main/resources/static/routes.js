// Draws the list of routes, or has the page of one renewed, as `live.js` hears it.
const number = new Intl.NumberFormat('en-GB')

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text
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

// The page of one route: what the server says of it now, part by part. A part that somebody is in stays, so that nothing moves under their fingers.
const now = document.querySelector('[data-now]')
const RENEWED_AGAIN_MS = 1000
let waits = false
let asked = false

async function renew() {
  const answer = await fetch(now.dataset.now, { headers: { Accept: 'text/html' } }).catch(() => null)
  // Signed out, or the program is away: what is shown stays.
  if (!answer?.ok || answer.redirected) return
  const fresh = document.createElement('div')
  fresh.innerHTML = await answer.text()
  const parts = (root) => [...root.querySelectorAll('[data-part]')]
  const before = parts(now)
  const after = parts(fresh)
  if (before.length !== after.length || after.some((part, i) => part.dataset.part !== before[i].dataset.part)) {
    const href = now.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
    now.replaceChildren(...fresh.childNodes)
    if (href) now.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus()
    return
  }
  after.forEach((part, i) => {
    const open = before[i].querySelectorAll('details')
    part.querySelectorAll('details').forEach((details, n) => { details.open = open[n]?.open ?? false })
    if (!before[i].isEqualNode(part) && !before[i].contains(document.activeElement)) before[i].replaceWith(part)
  })
}

// Asked whenever the stream speaks, for what its line doesn't say changes too; what comes within a second is asked for once, afterwards.
function hear() {
  asked = waits
  if (waits) return
  waits = true
  renew()
  setTimeout(() => { waits = false; if (asked) hear() }, RENEWED_AGAIN_MS)
}

document.querySelector('[data-live]')?.addEventListener('news', (event) => {
  const news = event.detail
  if (now) {
    if (news.routes.some((route) => route.id === now.dataset.of)) hear()
    else event.preventDefault()
    return
  }
  for (const [name, value] of Object.entries(news.totals)) {
    const shown = typeof value === 'number' ? number.format(value) : value
    if (shown !== '') put(document.querySelector(`[data-total="${CSS.escape(name)}"]`), shown)
  }
  const away = document.querySelector('[data-away]')
  away.hidden = news.totals.away === ''
  put(away, news.totals.away)
  const rows = [...document.querySelectorAll('[data-route]')]
  const same = rows.length === news.routes.length && news.routes.every((route, i) => rows[i].dataset.route === route.id)
  if (same) news.routes.forEach((route, i) => draw(rows[i], route))
  const alarms = [...document.querySelectorAll('[data-alarm]')].map((alarm) => alarm.dataset.alarm)
  const known = alarms.length === news.alarms.length && news.alarms.every((alarm) => alarms.includes(alarm))
  if (!same || !known) event.preventDefault()
})
