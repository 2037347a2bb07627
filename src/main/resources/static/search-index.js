// Keeps what the page says of the index as it is now. The page is whole without it: then "Look again" does the same.
// A page that nobody sees asks for nothing.
const now = document.querySelector('[data-now]')
const said = document.querySelector('#said')
const RUNNING_MS = 1000
const IDLE_MS = 5000

function state() {
  return now.querySelector('[data-state]')?.dataset.state ?? ''
}

async function look() {
  if (!document.hidden) {
    const answer = await fetch(now.dataset.now, { headers: { Accept: 'text/html' } }).catch(() => null)
    // Signed out, or the program is away: what is shown stays, with the time it was looked at.
    if (answer?.ok && !answer.redirected) show(await answer.text())
  }
  setTimeout(look, state().includes('running') ? RUNNING_MS : IDLE_MS)
}

function show(html) {
  const before = state()
  const open = now.querySelector('details')?.open
  now.innerHTML = html
  const details = now.querySelector('details')
  if (details && open) details.open = true
  if (state() !== before) said.textContent = [...now.querySelectorAll('[data-state] dd')].slice(0, 2).map((one) => one.textContent).join(' ')
}

if (now) {
  document.querySelector('[data-without-script]').hidden = true
  setTimeout(look, state().includes('running') ? RUNNING_MS : IDLE_MS)
}
