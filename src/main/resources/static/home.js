// Draws the figures of Home as `live.js` hears them.
const number = new Intl.NumberFormat('en-GB')

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text
}

function draw(row, series) {
  put(row.querySelector('.figure'), series.figure)
  row.querySelectorAll('rect').forEach((column, i) => {
    column.setAttribute('y', series.columns[i][0])
    column.setAttribute('height', series.columns[i][1])
  })
}

document.querySelector('[data-live]')?.addEventListener('news', (event) => {
  const news = event.detail
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
  else event.preventDefault()
})
