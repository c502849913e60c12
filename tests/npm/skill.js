// The skill as a client's handler: signs each request as Alexa does and posts it to the running house.
"use strict";

const crypto = require("crypto");
const fs = require("fs");

const { SKILL_FOLDER, SKILL_ID, SKILL_URL } = process.env;
const CERTIFICATE = "https://s3.amazonaws.com/echo.api/echo-api-cert.pem";
const key = fs.readFileSync(`${SKILL_FOLDER}/key.pem`);

async function handler(request) {
  const body = Buffer.from(JSON.stringify(request));
  const answer = await fetch(SKILL_URL, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Signature-256": crypto.sign("sha256", body, key).toString("base64"),
      SignatureCertChainUrl: CERTIFICATE,
    },
    body,
  });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer.json();
}

const model = (locale) => JSON.parse(fs.readFileSync(`${SKILL_FOLDER}/${locale}.json`, "utf8"));

module.exports = { SKILL_ID, handler, model };
