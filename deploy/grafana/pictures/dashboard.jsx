// Draws one dashboard with Grafana's own components: the committed JSON and the answers of a Prometheus, no server.
import { createTheme, dateTime, FieldType, getDisplayProcessor, MutableDataFrame } from '@grafana/data';
import { BigValue, PanelChrome, Table, ThemeContext, TimeSeries } from '@grafana/ui';
import { createRoot } from 'react-dom/client';

const CELL = 30; // pixels of one row of Grafana's grid, and of the gap below it
const GAP = 8;
const COLUMNS = 24;
const WIDTH = 1400;

const theme = createTheme({ colors: { mode: 'dark' } });
const px = (cells) => cells * (CELL + GAP) - GAP;

function Panel({ panel, answers, range }) {
  const { x, y, w, h } = panel.gridPos;
  const column = (WIDTH + GAP) / COLUMNS;
  const [width, height] = [w * column - GAP, px(h)];
  const style = { position: 'absolute', left: x * column, top: y * (CELL + GAP), width, height };
  if (panel.type === 'row') {
    return <h3 style={{ ...style, ...theme.typography.h5, }}>{panel.title}</h3>;
  }
  const Body = { stat: Stat, timeseries: Lines, table: Listing, heatmap: Absent }[panel.type];
  return (
    <div style={style}>
      <PanelChrome title={panel.title} description={panel.description} width={width} height={height}>
        {(width, height) => <Body {...{ panel, answers, range, width, height }} />}
      </PanelChrome>
    </div>
  );
}

function Stat({ panel, answers, width, height }) {
  const [times, values] = points(answers[0].series[0]);
  const field = describe({ name: 'Value', type: FieldType.number, values }, panel, 0);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  field.state.range = { min, max, delta: max - min };
  const options = panel.options;
  return (
    <BigValue
      {...{ theme, width, height, colorMode: options.colorMode, graphMode: options.graphMode }}
      value={field.display(values.at(-1))}
      sparkline={{ x: { name: 'Time', type: FieldType.time, values: times, config: {} }, y: field }}
    />
  );
}

function Lines({ panel, answers, range, width, height }) {
  const series = answers.flatMap(({ legend, series }) => series.map((one) => ({ ...one, name: named(legend, one) })));
  const frames = series.map((one, index) => {
    const [times, values] = points(one);
    const config = { displayNameFromDS: one.name };
    const value = describe({ name: 'Value', type: FieldType.number, values, config }, panel, index);
    return { refId: one.name, length: times.length, fields: [timeField(times), value] };
  });
  return (
    <TimeSeries
      {...{ frames, width, height, theme, timeRange: range, timeZone: 'utc' }}
      legend={panel.options.legend}
      structureRev={1}
    />
  );
}

// One row for each set of labels, one column for each query, as the dashboard's `merge` and `organize` make it.
function Listing({ panel, answers, width, height }) {
  const rows = new Map();
  answers.forEach(({ series }, column) =>
    series.forEach(({ metric, value }) => {
      const key = JSON.stringify(Object.entries(metric).sort());
      rows.set(key, { ...rows.get(key), ...metric, [`Value #${String.fromCharCode(65 + column)}`]: Number(value[1]) });
    })
  );
  const { renameByName } = panel.transformations.find(({ id }) => id === 'organize').options;
  const names = [...new Set([...rows.values()].flatMap(Object.keys))].sort();
  const ordered = [...names.filter((name) => !renameByName[name]), ...names.filter((name) => renameByName[name])];
  const fields = ordered.map((name, index) => {
    const title = renameByName[name] ?? name;
    const values = [...rows.values()].map((row) => row[name] ?? null);
    const type = renameByName[name] ? FieldType.number : FieldType.string;
    return describe({ name: title, type, values, config: overridden(panel, title) }, panel, index);
  });
  return <Table {...{ width, height }} data={new MutableDataFrame({ fields })} />;
}

function Absent() {
  return <p style={{ ...theme.typography.bodySmall, padding: 8 }}>Drawn by a plugin of the server; not in this picture.</p>;
}

function describe(field, panel, seriesIndex) {
  const { custom, color, ...defaults } = panel.fieldConfig.defaults;
  const config = { ...defaults, color: color ?? { mode: custom ? 'palette-classic' : 'thresholds' }, custom: { ...custom }, ...field.config };
  const described = { ...field, config, state: { seriesIndex } };
  return { ...described, display: getDisplayProcessor({ field: described, theme, timeZone: 'utc' }) };
}

function overridden(panel, title) {
  const found = panel.fieldConfig.overrides.find(({ matcher }) => matcher.options === title);
  return Object.fromEntries((found?.properties ?? []).map(({ id, value }) => [id, value]));
}

const timeField = (values) => ({ name: 'Time', type: FieldType.time, values, config: {} });
const points = ({ values }) => [values.map(([time]) => time * 1000), values.map(([, value]) => Number(value))];

function named(legend, { metric }) {
  const filled = legend.replace(/{{\s*(\w+)\s*}}/g, (_, label) => metric[label] ?? '');
  return filled === '__auto' ? JSON.stringify(metric) : filled;
}

const { dashboard, answers, from, to } = window.recorded;
const raw = { from: dateTime(from * 1000), to: dateTime(to * 1000) };
const rows = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
createRoot(document.body).render(
  <ThemeContext.Provider value={theme}>
    <main style={{ ...theme.typography.body, color: theme.colors.text.primary, width: WIDTH, padding: 16 }}>
      <h1 style={theme.typography.h3}>{dashboard.title}</h1>
      <p>{dashboard.description}</p>
      <div style={{ position: 'relative', height: px(rows) }}>
        {dashboard.panels.map((panel) => (
          <Panel key={panel.id ?? panel.title} panel={panel} answers={answers[panel.title]} range={{ ...raw, raw }} />
        ))}
      </div>
    </main>
  </ThemeContext.Provider>
);
