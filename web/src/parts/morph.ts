import type htmxType from 'htmx.org';
import { Idiomorph } from 'idiomorph';

/** hx-swap="morph": changes only what differs, so the cursor and the typing stay where they are. */
export function morph(htmx: typeof htmxType): void {
  htmx.defineExtension('morph', {
    isInlineSwap: (style: string) => style === 'morph',
    handleSwap: (style: string, target: Node, fragment: Node) => {
      if (style !== 'morph') return false;
      return Idiomorph.morph(target as Element, (fragment as DocumentFragment).children, {
        morphStyle: 'outerHTML',
        ignoreActiveValue: true,
      }) as Node[];
    },
  } as unknown as Parameters<typeof htmxType.defineExtension>[1]);
}
