// virtual-alexa makes intents of what is said, by the interaction model we generate, and buys with them.
"use strict";

const assert = require("assert");
const { VirtualAlexa } = require("virtual-alexa");

const { PURCHASES, cardFaults, faults } = require("./purchases");
const { SKILL_ID, handler, model } = require("./skill");

function device(locale, application = SKILL_ID) {
  const builder = VirtualAlexa.Builder().handler(handler).interactionModel(model(locale));
  return builder.locale(locale).applicationID(application).create();
}

function play(alexa, step) {
  if (step.launch) return alexa.launch();
  return step.says ? alexa.utter(step.says) : alexa.intend(step.intent, step.slots);
}

function understood({ intent }) {
  const slots = Object.values(intent.slots).map(({ name, value }) => [name, value]);
  return { name: intent.name, slots: Object.fromEntries(slots) };
}

function check(step, answer) {
  const speech = answer.prompt();
  assert.deepStrictEqual(faults(step, speech), [], speech);
  assert.strictEqual(answer.response.shouldEndSession, Boolean(step.ends));
  assert.strictEqual(answer.reprompt() === undefined, Boolean(step.ends));
  if (!step.launch && !step.ends) assert.strictEqual(answer.directive("Dialog.ElicitSlot")?.slotToElicit, "query");
  if (step.card) {
    assert.strictEqual(answer.cardTitle(), step.card);
    assert.deepStrictEqual(cardFaults(answer.card()), []);
  }
}

describe("virtual-alexa", () => {
  for (const [locale, steps] of Object.entries(PURCHASES)) {
    it(`buys in ${locale}`, async () => {
      const alexa = device(locale);
      let sent;
      alexa.filter(({ request }) => (sent = request));
      for (const step of steps) {
        const answer = await play(alexa, step);
        if (step.intent) assert.deepStrictEqual(understood(sent), { name: step.intent, slots: step.slots ?? {} });
        check(step, answer);
      }
      assert.ok(!alexa.context().activeSession());
    });
  }

  it("is refused with the id of another skill", async () => {
    await assert.rejects(device("de-DE", "amzn1.ask.skill.another").launch(), /^Error: 400: .*another skill/);
  });
});
