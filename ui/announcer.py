"""A voice for screen readers, and an eye: what the patient says is announced once, and brought into view."""

import streamlit as st

from ui.language import current, told_in

_HTML = '<div role="log" aria-live="polite" class="voice"></div>'
_CSS = """
.voice { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
_JS = """
export default function ({ data, parentElement }) {
  const log = parentElement.querySelector('.voice');
  if (!log || log.dataset.last === data.key) return;
  log.dataset.last = data.key;
  const line = document.createElement('p');
  line.textContent = data.text;
  line.lang = data.lang;
  log.appendChild(line);
  while (log.childElementCount > 3) log.firstElementChild.remove();
  // The exchange is drawn at about the same time: look for it for a second at most.
  const until = performance.now() + 1000;
  const bring = () => {
    const turn = document.querySelector(`.rp-turn[data-seq="${data.seq}"]`);
    if (turn) turn.scrollIntoView({ block: 'start' });
    else if (performance.now() < until) requestAnimationFrame(bring);
  };
  if (data.seq) requestAnimationFrame(bring);
}
"""
_voice = st.components.v2.component("rapport_announcer", html=_HTML, css=_CSS, js=_JS)


def announce(key: str, text: str, seq: int | str) -> None:
    """Have a screen reader say the text, once for each key, and bring the exchange with this number into view."""
    _voice(data={"key": key, "text": text, "seq": str(seq), "lang": told_in() or current()}, key="announcer")
