import { redirect } from "next/navigation";

/** Groups are what most people come for; who has none connected is led on from there. */
export default function Wecom() {
  redirect("/wecom/groups");
}
