// One spoken purchase for each locale: what is said, what Alexa makes of it, and what has to be heard.
// Steps without `says` are what Alexa recognises without a phrase of the model: an answer it was told to elicit.
"use strict";

const query = (value) => ({ query: value });
const choice = (value) => ({ choice: value });

const PURCHASES = {
  "de-DE": [
    { launch: true, hears: ["der automatische Assistent", "Was suchen Sie?"] },
    {
      says: "ich suche ein mountainbike unter 1000 euro",
      intent: "SearchIntent",
      slots: query("ein mountainbike unter 1000 euro"),
      hears: ["Erstens: Mountainbike", "Zweitens: Mountainbike"],
    },
    { says: "das erste", intent: "ChoiceIntent", slots: choice("das erste"), hears: ["Welche Größe darf es sein?"] },
    { intent: "AnswerIntent", slots: query("42"), hears: ["Welche Farbe darf es sein?"] },
    { intent: "AnswerIntent", slots: query("schwarz"), hears: ["schwarz, Größe 42", "Preis 899 Euro"] },
    { says: "nehme ich", intent: "BuyIntent", hears: ["Größe 42, für 899 Euro", "Soll ich das in den Warenkorb legen?"] },
    { intent: "AMAZON.YesIntent", offers: true, hears: ["Liegt im Warenkorb", "für 94 Euro 90", "Möchten Sie das dazunehmen?"] },
    { intent: "AMAZON.NoIntent", hears: ["dann bleibt es dabei"] },
    { says: "was ist im warenkorb", intent: "CartIntent", card: "Warenkorb", hears: ["Zusammen 899 Euro"] },
    { says: "zur kasse", intent: "CheckoutIntent", card: "Warenkorb", hears: ["Bestellen können Sie im Shop an der Kasse"] },
    { intent: "AMAZON.StopIntent", ends: true, hears: ["Auf Wiederhören!"] },
  ],
  "en-US": [
    { launch: true, hears: ["the automated assistant", "What are you looking for?"] },
    {
      says: "i'm looking for a mountain bike under 1000 euros",
      intent: "SearchIntent",
      slots: query("a mountain bike under 1000 euros"),
      hears: ["First: Tannhorn", "Second: Tannhorn"],
    },
    { says: "the first one", intent: "ChoiceIntent", slots: choice("the first one"), hears: ["which size would you like?"] },
    { intent: "AnswerIntent", slots: query("42"), hears: ["which colour would you like?"] },
    { intent: "AnswerIntent", slots: query("black"), hears: ["black, Size 42", "price 899 euros"] },
    { says: "i'll take it", intent: "BuyIntent", hears: ["Size 42, for 899 euros", "Shall I put it in the cart?"] },
    { says: "yes", intent: "AMAZON.YesIntent", offers: true, hears: ["In your cart", "at 94 euros 90", "Shall I add it?"] },
    { says: "no", intent: "AMAZON.NoIntent", hears: ["we'll leave it at that"] },
    { says: "what is in my cart", intent: "CartIntent", card: "Cart", hears: ["899 euros in all"] },
    { says: "checkout", intent: "CheckoutIntent", card: "Cart", hears: ["You can order at the shop's checkout"] },
    { says: "stop", intent: "AMAZON.StopIntent", ends: true, hears: ["Goodbye!"] },
  ],
};

const BOUGHT = "Tannhorn Grat 2";
const OFFERED = "Kalotta Waldläufer";

// What is wrong with what was heard at a step; an offer is heard at its own step and never again.
function faults(step, speech) {
  const missing = step.hears.filter((words) => !speech.includes(words)).map((words) => `not heard: ${words}`);
  if (speech.includes(OFFERED) !== Boolean(step.offers)) missing.push(step.offers ? "no offer" : "an offer again");
  return missing;
}

// What is wrong with the card of the cart: what was taken, not what was declined, and the way to the checkout.
function cardFaults({ text }) {
  const missing = ["1 × ", BOUGHT, "/checkout?token="].filter((words) => !text.includes(words));
  return text.includes(OFFERED) ? [...missing, "what was declined"] : missing;
}

module.exports = { PURCHASES, cardFaults, faults };
