using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Notices;

/// <summary>Hands messages to the outbox: to whom, what about, with which document.</summary>
internal static class Notice
{
    /// <summary>To everybody who holds a role.</summary>
    public static void ToRole(ActivityExecutionContext context, string role, string subject, string body, bool attach = false)
    {
        var directory = context.GetService<OfficeDirectory>() ?? OfficeDirectory.Empty;
        var recipients = new ListValue();
        foreach (var account in directory.Holders(role))
            recipients.Add(Recipient(account.DisplayName, directory.Person(account.PersonId)?.Email));
        Send(context, recipients, subject, body, attach);
    }

    /// <summary>To the person the workflow is about.</summary>
    public static void ToPerson(ActivityExecutionContext context, Value person, string subject, string body, bool attach = false)
    {
        var email = person["email"].IsNullish ? "" : person["email"].ToString();
        if (email.Length == 0)
        {
            // A message to nowhere would look as if it had been sent.
            context.Note($"There is no e-mail of {person["name"]}", "the coordinator was asked to hand it over");
            ToRole(context, OfficeRoles.ProductionCoordinator, $"By hand to {person["name"]}: {subject}", $"There is no e-mail of {person["name"]}. Please hand this over or call.\n\n{body}", attach);
            return;
        }

        var recipients = new ListValue();
        recipients.Add(Recipient(person["name"].ToString(), email));
        Send(context, recipients, subject, body, attach);
    }

    /// <summary>To the account that asked.</summary>
    public static void ToAccount(ActivityExecutionContext context, string accountName, string subject, string body, bool attach = false)
    {
        var directory = context.GetService<OfficeDirectory>() ?? OfficeDirectory.Empty;
        var account = directory.Account(accountName);
        var recipients = new ListValue();
        recipients.Add(Recipient(account?.DisplayName ?? accountName, directory.Person(account?.PersonId)?.Email));
        Send(context, recipients, subject, body, attach);
    }

    private static Value Recipient(string name, string? email) => OfficeValues.Fields(("name", Value.From(name)), ("email", Value.From(string.IsNullOrEmpty(email) ? null : email)));

    private static void Send(ActivityExecutionContext context, ListValue recipients, string subject, string body, bool attach)
    {
        if (recipients.Count == 0)
        {
            context.Note($"Nobody to tell: {subject}", "no account holds that role");
            return;
        }

        context.Send("message", OfficeValues.Fields(
            ("to", Value.From(recipients)),
            ("subject", Value.From(subject)),
            ("body", Value.From(body)),
            ("at", OfficeValues.Moment(context.Workflow.Now)),
            ("documentId", attach ? context.Workflow.GetVariable("document")["id"] : Value.Null)));
    }
}
