/** Everything a page does beyond plain HTML. Without this file every form still works. */
import htmx from 'htmx.org';
import { bulk } from './parts/bulk';
import { busy } from './parts/busy';
import { copy } from './parts/copy';
import { device } from './parts/device';
import { faults } from './parts/faults';
import { keep } from './parts/keep';
import { keys } from './parts/keys';
import { lazy } from './parts/lazy';
import { live } from './parts/live';
import { menus } from './parts/menus';
import { morph } from './parts/morph';
import { offline } from './parts/offline';
import { passkey } from './parts/passkey';
import { rank } from './parts/rank';
import { roll } from './parts/roll';
import { save } from './parts/save';
import { toast } from './parts/toast';
import { wish } from './parts/wish';

document.documentElement.classList.add('js');
morph(htmx);

/** Parts listen on the document once; what must touch each new piece of page runs again after a swap. */
const parts = [busy, copy, device, faults, keep, keys, live, menus, offline, passkey, roll, save, toast, wish];
const perPiece = [bulk, rank, lazy];

function start(): void {
  parts.forEach((part) => part());
  perPiece.forEach((part) => part(document.body));
  document.body.addEventListener('htmx:afterSwap', (event) => {
    const piece = (event as CustomEvent<{ elt?: Element }>).detail.elt ?? document.body;
    perPiece.forEach((part) => part(piece.isConnected ? piece : document.body));
  });
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
