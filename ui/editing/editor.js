// A plain text box with line numbers and the problems beside their lines. The text is the browser's own text area, so
// that undo, search, screen readers and other tools work as everywhere.
const DRAFT = 'rapport-draft'; // Kept by this tab alone, so that a refresh loses nothing; gone when the tab is closed.
const WAIT = 500; // Milliseconds without a key before the text is checked.

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector('.rpe');
  const box = root.querySelector('.rpe-text');
  const gutter = root.querySelector('.rpe-gutter');
  const mirror = root.querySelector('.rpe-mirror');
  const state = (root.state ??= { version: null, sent: null, timer: 0 });

  const send = () => {
    clearTimeout(state.timer);
    if (box.value !== state.sent) {
      state.sent = box.value;
      sessionStorage.setItem(DRAFT, box.value);
      setStateValue('text', { version: state.version, words: box.value });
    }
  };

  // Long lines are folded, so a number is as high as its line: a copy of the text, never seen, tells how high that is.
  const measure = (lines) => {
    mirror.style.width = `${box.clientWidth}px`;
    const copies = document.createDocumentFragment();
    for (const line of lines) {
      const copy = document.createElement('div');
      copy.textContent = line || '\u200b';
      copies.append(copy);
    }
    mirror.replaceChildren(copies);
    return Array.from(mirror.children, (copy) => copy.getBoundingClientRect().height);
  };

  const number = () => {
    const worst = new Map();
    for (const one of state.problems ?? []) {
      if (worst.get(one.line) !== 'error') worst.set(one.line, one.severity);
    }
    const lines = box.value.split('\n');
    const heights = measure(lines);
    const rows = document.createDocumentFragment();
    for (let n = 1; n <= lines.length; n += 1) {
      const row = document.createElement('span');
      const kind = worst.get(n);
      row.className = kind ?? 'plain';
      row.style.height = `${heights[n - 1]}px`;
      row.textContent = `${kind === 'error' ? '✕ ' : kind ? '! ' : ''}${n} `;
      rows.append(row);
    }
    gutter.replaceChildren(rows);
    gutter.scrollTop = box.scrollTop;
  };

  const jump = (line, column) => {
    const lines = box.value.split('\n');
    const at = Math.min(Math.max(line, 1), lines.length);
    const start = lines.slice(0, at - 1).reduce((sum, one) => sum + one.length + 1, 0);
    box.focus();
    box.setSelectionRange(start + Math.max(column - 1, 0), start + lines[at - 1].length);
    box.scrollTop = Math.max(0, mirror.children[at - 1].offsetTop - 80);
  };

  const list = () => {
    const rows = document.createDocumentFragment();
    for (const one of state.problems) {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.className = one.severity;
      const place = document.createElement('b');
      place.textContent = `${one.severity === 'error' ? data.words.error : data.words.warning}${one.line ? `, ${data.words.line} ${one.line}` : ''}`;
      button.append(place, `${one.message} ${one.way_out}`);
      button.addEventListener('click', () => jump(one.line, one.column));
      item.append(button);
      rows.append(item);
    }
    root.querySelector('.rpe-problems').replaceChildren(rows);
    const count = root.querySelector('.rpe-count');
    if (count.textContent !== data.summary) count.textContent = data.summary;
  };

  if (!state.wired) {
    state.wired = true;
    box.addEventListener('input', () => {
      state.number();
      clearTimeout(state.timer);
      state.timer = setTimeout(send, WAIT);
    });
    box.addEventListener('blur', send);
    let width = 0;
    new ResizeObserver(() => {
      if (box.clientWidth !== width) {
        width = box.clientWidth;
        state.number();
      }
    }).observe(box);
    box.addEventListener('scroll', () => { gutter.scrollTop = box.scrollTop; });
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const before = box.value.slice(0, box.selectionStart).split('\n').pop();
      const indent = before.match(/^ */)[0];
      if (!indent) return;
      event.preventDefault();
      // insertText keeps the browser's own undo.
      document.execCommand('insertText', false, `\n${indent}`);
    });
  }
  // The text is put in only when another file is opened: what somebody is typing is never overwritten.
  if (state.version !== data.version) {
    state.version = data.version;
    box.value = data.text;
    state.sent = data.text;
    box.scrollTop = 0;
    const draft = sessionStorage.getItem(DRAFT);
    if (data.fresh && draft) {
      box.value = draft;
      send();
    } else if (!data.fresh) {
      sessionStorage.setItem(DRAFT, data.text);
    }
  }
  root.querySelector('.rpe-label').textContent = data.words.label;
  root.querySelector('#rpe-hint').textContent = data.words.hint;
  root.querySelector('.rpe-problems').setAttribute('aria-label', data.words.list);
  state.problems = data.problems;
  state.number = number;
  number();
  list();
}
