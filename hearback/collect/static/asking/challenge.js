// The page that asks for proof does the work by itself where the browser can, and sends the form.

import { canProve, prove } from "./proving.js";

const form = document.getElementById("challenge");
if (form.dataset.again === "no" && canProve()) {
  document.getElementById("told").textContent = form.dataset.checking;
  form.elements._proof.value = await prove(form.elements._proof.value, Number(form.dataset.bits));
  form.requestSubmit(form.querySelector("button"));
}
