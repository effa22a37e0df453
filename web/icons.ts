import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Icons the screens use, by the word a template says, and the Tabler file each is drawn from. */
export const icons: Record<string, string> = {
  add: 'plus',
  alert: 'alert-triangle',
  arrow: 'arrow-right',
  attention: 'clock-exclamation',
  back: 'chevron-left',
  bell: 'bell',
  book: 'book',
  bus: 'walk',
  calendar: 'calendar',
  calm: 'info-circle',
  camera: 'camera',
  card: 'id',
  chart: 'chart-bar',
  check: 'check',
  child: 'mood-kid',
  close: 'x',
  clock: 'clock',
  columns: 'columns-3',
  copy: 'copy',
  danger: 'alert-octagon',
  dark: 'moon',
  desk: 'layout-dashboard',
  document: 'file-text',
  done: 'circle-check',
  down: 'chevron-down',
  download: 'download',
  drag: 'grip-vertical',
  edit: 'pencil',
  eye: 'eye',
  family: 'users',
  file: 'file-spreadsheet',
  filter: 'filter',
  flag: 'flag',
  gate: 'door-exit',
  help: 'help-circle',
  history: 'history',
  home: 'home',
  language: 'language',
  left: 'chevron-left',
  letter: 'mail',
  light: 'sun',
  link: 'link',
  list: 'list-check',
  lock: 'lock',
  menu: 'menu-2',
  message: 'message',
  minus: 'minus',
  money: 'coin-yuan',
  more: 'dots',
  offline: 'wifi-off',
  palette: 'contrast',
  person: 'user',
  phone: 'phone',
  pin: 'map-pin',
  play: 'player-play',
  print: 'printer',
  qr: 'qrcode',
  refresh: 'refresh',
  right: 'chevron-right',
  rules: 'gavel',
  scale: 'scale',
  school: 'school',
  search: 'search',
  send: 'send',
  settings: 'settings',
  shield: 'shield-check',
  shuffle: 'arrows-shuffle',
  signature: 'signature',
  'sign-out': 'logout',
  sort: 'arrows-sort',
  'sort-down': 'sort-descending',
  'sort-up': 'sort-ascending',
  star: 'star',
  swap: 'arrows-exchange',
  table: 'table',
  teacher: 'chalkboard-teacher',
  text: 'text-size',
  trash: 'trash',
  undo: 'arrow-back-up',
  up: 'chevron-up',
  upload: 'upload',
  warning: 'alert-circle',
  week: 'calendar-week',
};

/** One SVG file with a symbol per icon, so a page refers to `icons.svg#name` and nothing else. */
export function sprite(folder: string): string {
  const symbols = Object.entries(icons).map(([name, source]) => {
    const svg = readFileSync(join(folder, 'outline', `${source}.svg`), 'utf8');
    const body = svg
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/^[\s\S]*?<svg[^>]*>/, '')
      .replace(/<\/svg>\s*$/, '')
      .replace(/<path stroke="none"[^>]*\/>/g, '')
      .replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}
