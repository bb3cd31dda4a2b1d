using System.Globalization;
using System.Text;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Effects;

/// <summary>Sends a message: a row for the board and an <c>.eml</c> file in the mail folder, where a mail program picks it up.</summary>
/// <param name="folder">The mail folder.</param>
internal sealed class MessageEffect(string folder) : IEffect
{
    public string Kind => "message";

    public Task<EffectResult> PerformAsync(OutboxMessage message, Value payload, CancellationToken cancellationToken)
    {
        var row = Compose(message, payload);
        Write(Path.Combine(folder, Id(message) + ".eml"), row);
        return Task.FromResult(new EffectResult(context => context.Messages.Add(row), Value.True));
    }

    /// <summary>The message as it would stand on the board.</summary>
    public static MessageRow Compose(OutboxMessage message, Value payload)
    {
        var recipients = string.Join(", ", payload["to"].AsList().Select(Address));
        return new MessageRow
        {
            EffectKey = message.EffectKey,
            InstanceId = message.InstanceId,
            MessageId = $"<{Id(message)}@production-office>",
            At = DateTimeOffset.Parse(payload["at"].ToString(), CultureInfo.InvariantCulture),
            Recipients = recipients,
            Subject = OneLine(payload["subject"].ToString()),
            Body = payload["body"].ToString(),
            DocumentId = payload["documentId"].IsNullish ? null : payload["documentId"].ToString(),
        };
    }

    /// <summary>The same effect again has the same Message-ID and the same file, so a receiver sees it once.</summary>
    private static string Id(OutboxMessage message) => Security.Secrets.Hash(message.EffectKey)[..24].ToLowerInvariant();

    private static string Address(Value to)
    {
        var name = OneLine(to["name"].ToString()).Replace("\"", "'", StringComparison.Ordinal);
        return to["email"].IsNullish ? $"\"{name}\"" : $"\"{name}\" <{OneLine(to["email"].ToString())}>";
    }

    // A line break in a name or subject would add a header of the sender's choosing.
    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ').Trim();

    private static void Write(string path, MessageRow row)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var text = new StringBuilder()
            .Append("Date: ").Append(row.At.ToString("r", CultureInfo.InvariantCulture)).Append("\r\n")
            .Append("To: ").Append(Encode(row.Recipients)).Append("\r\n")
            .Append("Subject: ").Append(Encode(row.Subject)).Append("\r\n")
            .Append("Message-ID: ").Append(row.MessageId).Append("\r\n")
            .Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
            .Append(row.Body.ReplaceLineEndings("\r\n")).Append("\r\n");
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            file.Flush(flushToDisk: true);
        }

        CrashPoint.Hit("mail.written");
        File.Move(temporary, path, overwrite: true);
        CrashPoint.Hit("mail.named");
    }

    private static string Encode(string text) => Ascii.IsValid(text) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
