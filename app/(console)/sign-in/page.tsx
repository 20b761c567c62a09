import { pageTitle } from "#app/page-title.ts";
import { SignInForm } from "#components/sign-in/sign-in-form.tsx";

export const generateMetadata = () => pageTitle((messages) => messages.signIn.title);

type Props = { searchParams: Promise<{ next?: string | string[]; wecom?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, wecom } = await searchParams;
  return (
    <SignInForm
      next={typeof next === "string" ? next : "/shows"}
      turnedAway={typeof wecom === "string" ? wecom : null}
    />
  );
}
