/** A chart draws the table that stands under it: first column the names, every further column a series. */
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, CanvasRenderer]);

export interface Series {
  names: string[];
  series: { name: string; values: (number | null)[] }[];
}

/** Reads a table as people see it; a cell's data-value wins over its words. */
export function readTable(table: HTMLTableElement): Series {
  const heads = Array.from(table.tHead?.rows[0]?.cells ?? [], (it) => it.textContent?.trim() ?? '');
  const rows = Array.from(table.tBodies[0]?.rows ?? []);
  const value = (cell: HTMLTableCellElement | undefined): number | null => {
    const number = Number.parseFloat((cell?.dataset['value'] ?? cell?.textContent ?? '').replace(/[^\d.+-]/g, ''));
    return Number.isFinite(number) ? number : null;
  };
  return {
    names: rows.map((row) => row.cells[0]?.textContent?.trim() ?? ''),
    series: heads.slice(1).map((name, index) => ({ name, values: rows.map((row) => value(row.cells[index + 1])) })),
  };
}

export function charts(root: Element): void {
  const figures = root.matches('[data-chart]') ? [root] : Array.from(root.querySelectorAll('[data-chart]'));
  figures.forEach((it) => draw(it as HTMLElement));
}

function draw(figure: HTMLElement): void {
  const place = figure.querySelector<HTMLElement>('.chart-canvas');
  const table = figure.querySelector('table');
  if (!place || !table || figure.dataset['chartReady']) return;
  figure.dataset['chartReady'] = 'yes';
  place.hidden = false;
  const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const data = readTable(table);
  const kind = figure.dataset['chart'] === 'line' ? ('line' as const) : ('bar' as const);
  const flat = figure.dataset['chart'] === 'bars';
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const words = { color: token('--ink-soft'), fontSize: size * 0.9375, fontFamily: token('--font') };
  const names = { type: 'category' as const, data: data.names, axisLabel: { ...words, hideOverlap: true }, inverse: flat,
    axisLine: { lineStyle: { color: token('--line-strong') } }, axisTick: { show: false } };
  const numbers = { type: 'value' as const, axisLabel: words, splitLine: { lineStyle: { color: token('--line') } } };
  figure.querySelector('details')?.removeAttribute('open');
  const chart = init(place, null, { renderer: 'canvas' });
  chart.setOption({
    aria: { enabled: false },
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 300,
    color: [token('--accent'), token('--attention-line'), token('--calm'), token('--danger')],
    grid: { left: 4, right: flat ? 64 : 12, top: data.series.length > 1 ? 40 : 16, bottom: 4, containLabel: true },
    legend: data.series.length > 1 ? { textStyle: words, icon: 'roundRect', left: 0, top: 0 } : undefined,
    xAxis: flat ? numbers : names,
    yAxis: flat ? names : numbers,
    series: data.series.map(({ name, values }) => ({
      name,
      type: kind,
      data: values,
      barMaxWidth: 28,
      symbolSize: 8,
      lineStyle: { width: 3 },
      label: { show: values.length <= 8, position: flat ? 'right' : 'top', ...words, color: token('--ink') },
    })),
  });
  new ResizeObserver(() => chart.resize()).observe(place);
}
