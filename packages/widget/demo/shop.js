// The queueing stub: calls made before the messenger is here are kept and run when it is.
window.Beckon =
  window.Beckon ||
  function () {
    ;(window.Beckon.q = window.Beckon.q || []).push(arguments)
  }

const brandColor = '#a4471f'

async function embedMessenger() {
  const { deploymentId } = await (await fetch('/demo/config.json')).json()
  const script = document.createElement('script')
  script.async = true
  script.src = '/widget/loader.js'
  script.dataset.deployment = deploymentId
  script.dataset.color = brandColor
  document.head.append(script)
  document.querySelector('#snippet').textContent =
    `<script async src="${location.origin}/widget/loader.js" data-deployment="${deploymentId}"></script>`
}

function fillBasket() {
  let count = 0
  for (const button of document.querySelectorAll('.add')) {
    button.addEventListener('click', () => {
      count += 1
      document.querySelector('#basket-count').textContent = String(count)
    })
  }
}

document.querySelector('#ask').addEventListener('click', () => window.Beckon('open'))
fillBasket()
void embedMessenger()
