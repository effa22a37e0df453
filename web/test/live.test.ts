import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { live } from '../src/parts/live';

class Stream extends EventTarget {
  static CLOSED = 2;
  static last: Stream;
  readyState = 1;
  closed = false;
  constructor(readonly url: string) {
    super();
    Stream.last = this;
  }
  close(): void {
    this.closed = true;
  }
  say(kind: string, data = '.'): void {
    this.dispatchEvent(new MessageEvent(kind, { data }));
  }
}

describe('live', () => {
  const words = (): string => document.querySelector('[data-live-state]')!.textContent ?? '';
  const board = (): string => document.getElementById('board')!.textContent!.trim();

  beforeEach(() => {
    vi.useFakeTimers();
    document.body.innerHTML = '<p data-live-state data-live="live" data-asks="asks" data-lost="lost"></p><div id="board" data-stream="/board/stream"><p>old</p></div>';
    vi.stubGlobal('EventSource', Stream);
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve({ ok: true, redirected: false, status: 200, text: () => Promise.resolve('<div id="board"><p>asked</p></div>') })));
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('puts what the stream says and says that it is live', () => {
    live();
    Stream.last.say('board', '<p>new</p>');
    expect(board()).toBe('new');
    expect(words()).toBe('live');
    expect(fetch).not.toHaveBeenCalled();
  });

  it('asks every five seconds when the stream is refused, and tries it again', async () => {
    live();
    Stream.last.readyState = Stream.CLOSED;
    const refused = Stream.last;
    refused.say('error');
    await vi.advanceTimersByTimeAsync(5_100);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(board()).toBe('asked');
    expect(words()).toBe('asks');
    await vi.advanceTimersByTimeAsync(31_000);
    expect(Stream.last).not.toBe(refused);
  });

  it('asks when a stream falls silent, and stops asking when it speaks again', async () => {
    live();
    Stream.last.say('beat');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(fetch).toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(36_000);
    Stream.last.say('beat');
    const asked = vi.mocked(fetch).mock.calls.length;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(vi.mocked(fetch).mock.calls.length).toBe(asked);
    expect(words()).toBe('live');
  });

  it('says that the network is lost while nothing answers', async () => {
    vi.stubGlobal('EventSource', undefined);
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new Error('no network'))));
    live();
    await vi.advanceTimersByTimeAsync(100);
    expect(words()).toBe('lost');
    expect(board()).toBe('old');
  });
});
