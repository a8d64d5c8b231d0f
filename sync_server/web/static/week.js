// Draws the week of a resource as a calendar, beside the list that says the same.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("calendar");
  if (!place || typeof EventCalendar === "undefined") return;
  const narrow = window.matchMedia("(max-width: 599.9px)").matches;
  const told = place.dataset;
  const two = (number) => String(number).padStart(2, "0");
  place.hidden = false;
  EventCalendar.create(place, {
    view: "timeGridWeek",
    date: told.first,
    firstDay: new Date(`${told.first}T00:00:00`).getDay(),
    locale: told.locale,
    headerToolbar: { start: "", center: "", end: "" },
    allDaySlot: false,
    slotMinTime: `${two(told.from)}:00:00`,
    slotMaxTime: `${two(told.to)}:00:00`,
    slotDuration: "01:00",
    snapDuration: "00:15",
    slotLabelInterval: "02:00",
    slotHeight: narrow ? 28 : 36,
    slotLabelFormat: (date) => String(date.getHours()),
    dayHeaderFormat: narrow
      ? (date) => date.toLocaleDateString(told.locale, { weekday: "narrow" })
      : (date) => `${date.toLocaleDateString(told.locale, { weekday: "short" })} ${date.getDate()}`,
    eventStartEditable: false,
    eventDurationEditable: false,
    displayEventEnd: false,
    eventTimeFormat: () => "",
    events: JSON.parse(told.events).map((each) => ({
      start: each.start,
      end: each.end,
      display: each.kind === "taken" ? "auto" : "background",
      classNames: [`run-${each.kind}`],
      title: "",
    })),
    dateClick: (info) => {
      const start = info.dateStr.slice(0, 16);
      const day = start.slice(0, 10);
      location.assign(`${told.pick}&day=${day}&start=${start}#row-${told.number}`);
    },
  });
  const list = document.querySelector(".as-list");
  if (list) list.open = false;
});
