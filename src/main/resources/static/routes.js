// Draws the list of routes as `live.js` hears it.
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

document.querySelector('[data-live]')?.addEventListener('news', (event) => {
  const news = event.detail
  for (const [name, value] of Object.entries(news.totals)) {
    const shown = typeof value === 'number' ? number.format(value) : value
    if (shown !== '') put(document.querySelector(`[data-total="${CSS.escape(name)}"]`), shown)
  }
  const rows = [...document.querySelectorAll('[data-route]')]
  const same = rows.length === news.routes.length && news.routes.every((route, i) => rows[i].dataset.route === route.id)
  if (same) news.routes.forEach((route, i) => draw(rows[i], route))
  const alarms = [...document.querySelectorAll('[data-alarm]')].map((alarm) => alarm.dataset.alarm)
  const known = alarms.length === news.alarms.length && news.alarms.every((alarm) => alarms.includes(alarm))
  if (!same || !known) event.preventDefault()
})
