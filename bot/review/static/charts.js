// Draws every [data-chart] from the data in its attribute, in the page's own colours; the table below it says the same.
"use strict";
(() => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const ink = colour("ink");
  const PARTS = ["good", "bad", "soft", "line"];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const number = (language) => new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

  const scale = (language, more) => ({
    ticks: { color: ink, callback: (value) => number(language).format(value) },
    grid: { color: colour("line") },
    ...more,
  });

  const shared = (data) => ({
    responsive: true,
    maintainAspectRatio: false,
    animation: calm ? false : { duration: 300 },
    locale: data.language,
    plugins: { legend: { labels: { color: ink } } },
  });

  const names = { ticks: { color: ink }, grid: { display: false } };

  const parts = (data) => ({
    type: "bar",
    data: {
      labels: data.labels,
      datasets: data.series.map((each, at) => ({
        label: each.label, data: each.values, backgroundColor: colour(PARTS[at]), borderColor: colour("card"), borderWidth: 1,
      })),
    },
    options: {
      ...shared(data),
      indexAxis: "y",
      scales: {
        x: scale(data.language, { stacked: true, min: 0, max: 100, title: { display: true, text: "%", color: ink } }),
        y: { ...names, stacked: true },
      },
    },
  });

  const course = (data) => ({
    type: "line",
    data: {
      labels: data.labels,
      datasets: data.series.map((each, at) => ({
        label: each.label, data: each.values, yAxisID: at ? "right" : "left", spanGaps: true, tension: 0,
        borderColor: colour(at ? "warn" : "brand"), backgroundColor: colour(at ? "warn" : "brand"),
        borderDash: at ? [6, 4] : [], pointStyle: at ? "rectRot" : "circle", pointRadius: 4,
      })),
    },
    options: {
      ...shared(data),
      scales: {
        x: names,
        left: scale(data.language, { position: "left", min: 0, title: { display: true, text: data.series[0].label, color: ink } }),
        right: scale(data.language, {
          position: "right", min: 0, max: 100, grid: { display: false },
          title: { display: true, text: data.series[1].label, color: ink },
        }),
      },
    },
  });

  const KINDS = { parts, course };
  for (const canvas of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(canvas.dataset.chart);
    new Chart(canvas, KINDS[data.kind](data));
  }
})();
