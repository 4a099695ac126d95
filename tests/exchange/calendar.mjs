// Reads a list of calendars with ical.js and prints what it found in each, or why it is no calendar.
import ICAL from 'ical.js';
import { readFileSync } from 'node:fs';

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((part) => {
    const event = new ICAL.Event(part, { strictExceptions: true });
    const start = event.startDate;
    if (!start || Number.isNaN(start.toJSDate().getTime())) throw new Error(`${event.uid} has no start`);
    return { uid: event.uid, start: start.toString(), summary: event.summary, description: event.description };
  });
  return { name: calendar.getFirstPropertyValue('x-wr-calname'), events };
}

const answers = JSON.parse(readFileSync(0, 'utf8')).map((text) => {
  try {
    return read(text);
  } catch (refusal) {
    return { error: refusal.message };
  }
});
console.log(JSON.stringify(answers));
