// ask-sdk-test sends the same intents and judges each answer, also by a rule of Amazon's certification:
// what stays open asks a question, what ends the session asks none.
"use strict";

const assert = require("assert");
const { AlexaTest, IntentRequestBuilder, LaunchRequestBuilder, SessionEndedRequestBuilder } = require("ask-sdk-test");

const { PURCHASES, cardFaults, faults } = require("./purchases");
const { SKILL_ID, handler } = require("./skill");

const someone = (locale) => ({ appId: SKILL_ID, userId: `ask-sdk-test ${locale}`, deviceId: "echo", locale });

function request(step, settings) {
  if (step.launch) return new LaunchRequestBuilder(settings).build();
  const builder = new IntentRequestBuilder(settings, step.intent);
  for (const [name, value] of Object.entries(step.slots ?? {})) builder.withSlot(name, value);
  return builder.build();
}

const cartIsRight = ({ response }) => assert.deepStrictEqual(cardFaults(response.card), []);

function expected(step, settings) {
  const open = !step.launch && !step.ends;
  return {
    request: request(step, settings),
    says: (speech) => faults(step, speech).length === 0,
    repromptsNothing: Boolean(step.ends),
    shouldEndSession: Boolean(step.ends),
    ...(open && { elicitsSlot: "query", elicitsForIntent: "AnswerIntent" }),
    ...(step.card && { hasCardTitle: step.card, callback: cartIsRight }),
  };
}

describe("ask-sdk-test", () => {
  for (const [locale, steps] of Object.entries(PURCHASES)) {
    const settings = someone(locale);
    const talk = steps.map((step) => expected(step, settings));
    new AlexaTest(handler, settings).test(talk, `buys in ${locale}`);
  }

  const settings = someone("de-DE, who leaves");
  const leaves = { request: new SessionEndedRequestBuilder(settings, "USER_INITIATED").build() };
  const silent = { ...leaves, saysNothing: true, repromptsNothing: true };
  new AlexaTest(handler, settings).test([silent], "says nothing to who has left");
});
