// Draws every plot of the page with ECharts, in the page's colours, again when these or the width change.
(function () {
  'use strict';
  const escape = echarts.format.encodeHTML;
  const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [2, 2], [12, 4]];
  const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'arrow'];

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = name => style.getPropertyValue('--' + name).trim();
    return { ink: of('ink'), soft: of('soft'), line: of('line'), card: of('card'), good: of('good'), fair: of('fair'), bad: of('bad'),
      series: [0, 1, 2, 3, 4, 5].map(i => of('s' + i)), heat: [0, 1, 2, 3, 4, 5].map(i => of('h' + i)) };
  }

  /** Three digits that mean something, with thousands apart. */
  function shown(value) {
    return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
  }

  /** For an axis: 1.5 M rather than seven digits. */
  function short(value) {
    const size = Math.abs(value);
    return size >= 1e6 ? Number((value / 1e6).toPrecision(3)) + ' M' : size >= 1e4 ? Number((value / 1e3).toPrecision(3)) + ' k' : shown(value);
  }

  const tight = unit => unit.startsWith('/') || unit === '×';
  const valued = (value, unit) => shown(value) + (tight(unit) ? '' : ' ') + escape(unit);

  function axis(c, more) {
    return Object.assign({ nameLocation: 'middle', nameTextStyle: { color: c.soft, fontSize: 13 }, axisLabel: { color: c.soft, fontSize: 12, hideOverlap: true },
      axisLine: { show: true, lineStyle: { color: c.line } }, splitLine: { lineStyle: { color: c.line } }, minorSplitLine: { show: false } }, more);
  }

  /** What a bar is of: in lines where the page is narrow. */
  function label(c) {
    return Object.assign({ color: c.ink, fontSize: 12, lineHeight: 13 }, innerWidth > 800 ? {} : { width: 120, overflow: 'break' });
  }

  /** Room beside names: fonts are not always as wide as they are measured. */
  const spare = bars => 8 + Math.max(...bars.map(bar => bar.what.length));

  function base(c, more) {
    return Object.assign({ animation: false, color: c.series, textStyle: { color: c.ink, fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: { trigger: 'axis', confine: true, backgroundColor: c.card, borderColor: c.line, textStyle: { color: c.ink } },
      legend: { top: 8, textStyle: { color: c.ink, fontSize: 13 }, icon: null, itemWidth: 34 } }, more);
  }

  const tail = percentile => 1 / (1 - percentile / 100);
  const percentile = tail => Number((100 - 100 / tail).toPrecision(8)) + ' %';

  const draw = {
    percentiles(plot, c) {
      return base(c, {
        grid: { left: 64, right: 44, top: 44, bottom: 52 },
        xAxis: axis(c, { type: 'log', min: 1, name: 'percentile', nameGap: 32, axisLabel: { color: c.soft, fontSize: 12, formatter: percentile } }),
        yAxis: axis(c, { type: 'log', name: plot.y, nameGap: 46, axisLabel: { color: c.soft, fontSize: 12, formatter: short } }),
        tooltip: Object.assign(base(c).tooltip, { formatter: all => percentile(all[0].value[0]) + all.map(at => '<br>' + at.marker + escape(at.seriesName) + ': '
          + valued(at.value[1], plot.unit)).join('') }),
        series: plot.series.map((one, i) => ({ name: one.name, type: 'line', showSymbol: one.points.length < 6, symbol: symbols[i % 6], symbolSize: 8,
          lineStyle: { width: 2.5, type: dashes[i % 6] }, data: one.points.map(at => [tail(at[0]), Math.max(at[1], 1e-3)]) }))
      });
    },

    rounds(plot, c) {
      const most = Math.max(...plot.series.map(one => one.values.length));
      const lines = plot.lines.map(line => ({ yAxis: line.value, name: line.name,
        lineStyle: { color: line.name === 'goal' ? c.good : c.bad, type: line.name === 'goal' ? 'dashed' : 'solid', width: 1.5 },
        label: { position: 'insideEndTop', color: line.name === 'goal' ? c.good : c.bad, formatter: line.name + ' ' + short(line.value) + (tight(plot.unit) ? '' : ' ') + plot.unit } }));
      const highest = Math.max(0, ...plot.lines.map(line => line.value));
      return base(c, {
        grid: { left: 68, right: 24, top: 44, bottom: 52 },
        xAxis: axis(c, { type: 'category', name: plot.x || 'round', nameGap: 30, data: plot.names || Array.from({ length: most }, (_, i) => i + 1) }),
        yAxis: axis(c, { type: 'value', min: 0, max: extent => niceAbove(Math.max(extent.max, highest)), name: plot.y, nameGap: 50,
          axisLabel: { color: c.soft, fontSize: 12, formatter: short } }),
        tooltip: Object.assign(base(c).tooltip, { valueFormatter: value => value == null ? '' : valued(value, plot.unit) }),
        series: plot.series.map((one, i) => ({ name: one.name, type: 'line', symbol: symbols[i % 6], symbolSize: 9, lineStyle: { width: 2.5, type: dashes[i % 6] },
          data: one.values, markLine: i === 0 && lines.length ? { silent: true, symbol: 'none', data: lines } : undefined }))
      });
    },

    tenths(plot, c) {
      return base(c, {
        grid: { left: 64, right: 24, top: 44, bottom: 52 },
        xAxis: axis(c, { type: 'value', name: 'seconds', nameGap: 30, splitLine: { show: false } }),
        yAxis: axis(c, { type: 'log', name: plot.y, nameGap: 46, axisLabel: { color: c.soft, fontSize: 12, formatter: short } }),
        tooltip: Object.assign(base(c).tooltip, { formatter: all => shown(all[0].value[0]) + ' s' + all.map(at => '<br>' + at.marker + escape(at.seriesName) + ': '
          + valued(at.value[1], plot.unit)).join('') }),
        series: plot.series.map((one, i) => ({ name: one.name, type: 'line', step: 'end', showSymbol: false, lineStyle: { width: 2, type: dashes[i % 2 ? 0 : 2] },
          data: one.values.map((value, at) => [at / 10, Math.max(value, 1e-3)]) }))
      });
    },

    search(plot, c) {
      const limit = { silent: true, symbol: 'none', data: [{ yAxis: plot.limit }], lineStyle: { color: c.bad, type: 'solid', width: 1.5 },
        label: { position: 'insideEndTop', color: c.bad, formatter: 'below ' + short(plot.limit) + ' ' + plot.unit } };
      return base(c, {
        grid: { left: 64, right: 44, top: 44, bottom: 52 },
        xAxis: axis(c, { type: 'value', name: 'due a second', nameGap: 32, axisLabel: { color: c.soft, fontSize: 12, hideOverlap: true, formatter: short } }),
        yAxis: axis(c, { type: 'log', name: plot.y, nameGap: 46, axisLabel: { color: c.soft, fontSize: 12, formatter: short } }),
        tooltip: Object.assign(base(c).tooltip, { formatter: all => shown(all[0].value[0]) + '/s' + all.map(at => '<br>' + at.marker + escape(at.seriesName) + ': '
          + valued(at.value[1], plot.unit)).join('') }),
        series: plot.series.map((one, i) => ({ name: one.name, type: 'line', symbol: symbols[i % 6], symbolSize: 9, lineStyle: { width: 2.5, type: dashes[i % 6] },
          data: one.points.map(at => [at[0], Math.max(at[1], 1e-3)]), markLine: i === 0 && plot.limit ? limit : undefined }))
      });
    },

    // Against a logarithm a straight line is one only when both axes are logarithms.
    growth(plot, c) {
      const at = points => plot.isLinear ? points.map(one => [one[0], Math.max(one[1], 1e-3)]) : points;
      return base(c, {
        grid: { left: 68, right: 32, top: 44, bottom: 52 },
        xAxis: axis(c, { type: 'log', name: plot.x, nameGap: 30, axisLabel: { color: c.soft, fontSize: 12, hideOverlap: true, formatter: short } }),
        yAxis: axis(c, { type: plot.isLinear ? 'log' : 'value', min: plot.isLinear ? undefined : 0, name: plot.y, nameGap: 50, axisLabel: { color: c.soft, fontSize: 12, formatter: short } }),
        tooltip: Object.assign(base(c).tooltip, { formatter: all => shown(all[0].value[0]) + ' ' + escape(plot.x) + all.map(at => '<br>' + at.marker
          + escape(at.seriesName) + ': ' + valued(at.value[1], plot.unit)).join('') }),
        series: [
          { name: 'measured', type: 'line', symbol: symbols[0], symbolSize: 9, lineStyle: { width: 2.5, type: dashes[0] }, data: at(plot.points) },
          { name: plot.isLinear ? 'a + b · n' : 'a + b · log2 n', type: 'line', showSymbol: false, lineStyle: { width: 2, type: dashes[1] }, data: at(plot.fitted) }
        ]
      });
    },

    overTime(plot, c) {
      const isTime = !plot.unit.startsWith('/') && plot.unit.endsWith('s');
      return base(c, {
        grid: { left: 68, right: 24, top: 64, bottom: 52 },
        xAxis: axis(c, { type: 'value', name: 'seconds', nameGap: 30, max: 'dataMax', splitLine: { show: false } }),
        yAxis: axis(c, { type: isTime ? 'log' : 'value', name: plot.y, nameGap: 50, axisLabel: { color: c.soft, fontSize: 12, formatter: short } }),
        tooltip: Object.assign(base(c).tooltip, { formatter: all => shown(all[0].value[0]) + ' s' + all.map(at => '<br>' + at.marker + escape(at.seriesName) + ': '
          + (at.value[1] == null ? '' : valued(at.value[1], plot.unit))).join('') }),
        // In a second without any there is no latency; a rate of nothing is one.
        series: plot.series.map((one, i) => ({ name: one.name, type: 'line', showSymbol: false, lineStyle: { width: 2, type: dashes[i % 6] },
          data: one.values.map((value, at) => [at, isTime && value <= 0 ? null : value]) }))
      });
    },

    bars(plot, c) {
      const bars = plot.bars.slice().reverse();
      return base(c, {
        legend: undefined,
        grid: { left: spare(bars), right: 96, top: 16, bottom: 44, containLabel: true },
        xAxis: axis(c, { type: 'value', name: plot.unit, nameGap: 28, axisLabel: { color: c.soft, fontSize: 12, hideOverlap: true, formatter: short } }),
        yAxis: axis(c, { type: 'category', data: bars.map(bar => bar.what), splitLine: { show: false },
          axisLabel: label(c) }),
        tooltip: Object.assign(base(c).tooltip, { axisPointer: { type: 'shadow' }, formatter: at => escape(at[0].name) + ': ' + escape(bars[at[0].dataIndex].shown) }),
        series: [{ type: 'bar', barMaxWidth: 26, itemStyle: { color: c.series[0] },
          data: bars.map(bar => bar.value), label: { show: true, position: 'right', color: c.ink, formatter: at => bars[at.dataIndex].shown } }]
      });
    },

    floors(plot, c) {
      const bars = plot.bars.slice().reverse();
      const colour = bar => bar.verdict === 'goal' ? c.good : bar.isMet ? c.fair : c.bad;
      const wide = innerWidth > 800;
      return base(c, {
        legend: { show: true, top: 0, selectedMode: false, textStyle: { color: c.ink, fontSize: 13 }, data: [{ name: 'goal', icon: 'diamond' }] },
        grid: { left: spare(bars), right: wide ? 170 : 24, top: 40, bottom: 52, containLabel: true },
        xAxis: axis(c, { type: 'log', name: 'times as good as the floor', nameGap: 32, axisLabel: { color: c.soft, fontSize: 12, formatter: value => value + ' ×' } }),
        yAxis: axis(c, { type: 'category', data: bars.map(bar => bar.what), splitLine: { show: false },
          axisLabel: label(c) }),
        tooltip: Object.assign(base(c).tooltip, { axisPointer: { type: 'shadow' }, formatter: at => {
          const bar = bars[at[0].dataIndex];
          return escape(bar.what) + '<br>' + escape(bar.measured) + ', floor ' + escape(bar.floor) + ': ' + escape(bar.verdict);
        } }),
        series: [
          { name: 'measured', type: 'bar', barMaxWidth: 22, data: bars.map(bar => ({ value: bar.times, itemStyle: { color: colour(bar) } })),
            markLine: { silent: true, symbol: 'none', data: [{ xAxis: 1 }], lineStyle: { color: c.ink, type: 'solid', width: 1.5 },
              label: { color: c.ink, formatter: 'floor', position: 'end' } } },
          { name: 'goal', type: 'scatter', symbol: 'diamond', symbolSize: 13, itemStyle: { color: c.card, borderColor: c.ink, borderWidth: 2 },
            data: bars.map((bar, i) => bar.goal == null ? null : [bar.goal, i]).filter(at => at) },
          // What it comes to, beside whatever reaches furthest.
          { name: 'verdict', type: 'scatter', symbolSize: 0.1, silent: true, data: bars.map((bar, i) => [Math.max(1, bar.times, bar.goal || 0), i]),
            label: { show: wide, position: 'right', distance: 12, color: c.ink, fontSize: 12, formatter: at => bars[at.dataIndex].measured + '  ' + bars[at.dataIndex].verdict } }
        ]
      });
    },

    /** A square for each day, in classes: they can be told apart in print too. A scatter, because the library's common build has no other. */
    heatmap(plot, c, chart) {
      const dates = days(plot.from, plot.values[0].length);
      const names = plot.names.slice().reverse();
      const rows = plot.values.slice().reverse();
      const left = 12 + Math.min(260, Math.max(...names.map(name => name.length)) * (rows.length > 40 ? 5.5 : 7));
      const cell = [Math.max(1, (chart.getWidth() - left - 20) / dates.length), Math.max(2, (chart.getHeight() - 100) / rows.length - 1)];
      const classes = [[-1, 25], [25, 50], [50, 70], [70, 85], [85, 95], [95, Infinity]];
      const named = ([least, most]) => least < 0 ? 'below ' + most : most === Infinity ? least + ' and more' : least + ' to ' + most;
      return base(c, {
        backgroundColor: c.card, // a canvas that is printed would be white otherwise
        color: c.heat,
        legend: { top: 4, itemWidth: 16, itemHeight: 12, textStyle: { color: c.ink, fontSize: 13 } },
        grid: { left, right: 20, top: chart.getWidth() < 800 ? 58 : 40, bottom: 42 },
        xAxis: axis(c, { type: 'category', data: dates, splitLine: { show: false }, axisTick: { show: false } }),
        yAxis: axis(c, { type: 'category', data: names, splitLine: { show: false }, axisTick: { show: false },
          axisLabel: { color: c.ink, fontSize: rows.length > 40 ? 9 : 12, interval: rows.length > 40 ? 0 : 'auto', width: left - 12, overflow: 'truncate' } }),
        tooltip: Object.assign(base(c).tooltip, { trigger: 'item', formatter: of => escape(names[of.value[1]]) + '<br>' + dates[of.value[0]] + ': ' + valued(of.value[2], plot.unit) }),
        series: classes.map(limits => ({ name: named(limits) + ' ' + plot.unit, type: 'scatter', symbol: 'rect', symbolSize: cell, progressive: 0, itemStyle: { opacity: 1 },
          data: rows.flatMap((row, y) => row.map((value, x) => [x, y, value])).filter(one => one[2] != null && one[2] >= limits[0] && one[2] < limits[1]) }))
      });
    },

    dates(plot, c) {
      const most = Math.max(...plot.series.map(one => one.values.length));
      return base(c, {
        grid: { left: 60, right: 24, top: plot.series.length > 3 ? 84 : 48, bottom: 40 },
        xAxis: axis(c, { type: 'category', boundaryGap: false, data: days(plot.from, most), splitLine: { show: false } }),
        yAxis: axis(c, { type: 'value', min: 0, name: plot.unit, nameGap: 40, axisLabel: { color: c.soft, fontSize: 12, formatter: short } }),
        tooltip: Object.assign(base(c).tooltip, { valueFormatter: value => value == null ? '' : valued(value, plot.unit) }),
        series: plot.series.map((one, i) => ({ name: one.name, type: 'line', showSymbol: false, symbol: symbols[i % 6], lineStyle: { width: 2.5, type: dashes[i % 6] }, data: one.values }))
      });
    },

    columns(plot, c) {
      const turn = list => plot.isLying ? list.slice().reverse() : list;
      const things = axis(c, { type: 'category', data: turn(plot.x), splitLine: { show: false }, axisLabel: label(c) });
      const values = axis(c, { type: 'value', min: 0, name: plot.unit, nameGap: plot.isLying ? 28 : 44, axisLabel: { color: c.soft, fontSize: 12, hideOverlap: true, formatter: short } });
      return base(c, {
        grid: { left: plot.isLying ? 12 : 60, right: 28, top: plot.series.length > 3 ? 84 : 48, bottom: 44, containLabel: !!plot.isLying },
        xAxis: plot.isLying ? values : things,
        yAxis: plot.isLying ? things : values,
        tooltip: Object.assign(base(c).tooltip, { axisPointer: { type: 'shadow' }, valueFormatter: value => value == null ? '' : valued(value, plot.unit) }),
        series: plot.series.map(one => ({ name: one.name, type: 'bar', barMaxWidth: 18, data: turn(one.values) }))
      });
    }
  };

  /** Dates one after the other, as 2026-11-30. */
  function days(from, count) {
    return Array.from({ length: count }, (_, i) => new Date(Date.parse(from + 'T00:00:00Z') + i * 864e5).toISOString().slice(0, 10));
  }

  /** Pixels that a plot needs for what it has to show; 0 = as the style says. */
  function height(plot) {
    if (plot.bars) {
      return (plot.kind === 'floors' ? 116 : 70) + plot.bars.length * (plot.kind === 'floors' ? 34 : 36);
    }
    return plot.kind === 'heatmap' ? 110 + plot.names.length * (plot.names.length > 40 ? 11 : 30) : plot.isLying ? 110 + plot.x.length * 24 : 0;
  }

  /** A round number a little above. */
  function niceAbove(value) {
    const step = Math.pow(10, Math.floor(Math.log10(value || 1))) / 2;
    return Number((Math.ceil(value * 1.05 / step) * step).toPrecision(6));
  }

  const plots = [...document.querySelectorAll('.plot')].map(at => {
    const plot = JSON.parse(at.dataset.plot);
    if (height(plot)) {
      at.style.height = height(plot) + 'px';
    }
    // A year of the network has too many squares for one element each.
    return { plot, at, chart: echarts.init(at, null, { renderer: plot.kind === 'heatmap' ? 'canvas' : 'svg' }) };
  });
  /** Pixels of a plot on a sheet of A4: print lays out anew and would cut off what is wider. */
  const paper = 620;
  const drawAll = widest => plots.forEach(({ plot, at, chart }) => {
    chart.resize({ width: widest ? Math.min(widest, at.clientWidth) : 'auto' });
    chart.setOption(draw[plot.kind](plot, colours(), chart), true);
  });
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll());
  addEventListener('resize', () => drawAll());
  addEventListener('beforeprint', () => drawAll(paper));
  addEventListener('afterprint', () => drawAll());
})();
