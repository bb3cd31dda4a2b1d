using System.Text.Json;
using ProductionOffice.Engine.Activities;

namespace ProductionOffice.Engine.Flowcharts;

/// <summary>How far a flowchart has come: visits in counter mode, tokens in token mode. Stored with the instance.</summary>
internal sealed class FlowState
{
    private readonly Dictionary<string, int> _activityVisits = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (int Visits, bool Followed)> _connectionVisits = [];

    public List<Token> Tokens { get; } = [];

    public void VisitActivity(Activity activity) => _activityVisits[activity.Id] = Visits(activity) + 1;

    public void VisitConnection(Connection connection, bool followed) =>
        _connectionVisits[connection.Index] = (Visits(connection) + 1, followed);

    public int Visits(Activity activity) => _activityVisits.GetValueOrDefault(activity.Id);

    public int Visits(Connection connection) => _connectionVisits.GetValueOrDefault(connection.Index).Visits;

    public bool AllInboundVisited(FlowGraph graph, Activity activity)
    {
        var visits = Visits(activity);
        foreach (var connection in graph.ForwardInbound(activity))
        {
            if (Visits(connection) <= visits)
                return false;
        }

        return true;
    }

    public bool AllInboundFollowed(FlowGraph graph, Activity activity)
    {
        foreach (var connection in graph.ForwardInbound(activity))
        {
            if (!_connectionVisits.GetValueOrDefault(connection.Index).Followed)
                return false;
        }

        return true;
    }

    /// <summary>Whether one of the newest visits of inbound connections was a followed one.</summary>
    public bool AnyInboundFollowed(FlowGraph graph, Activity activity)
    {
        var most = 0;
        var followed = false;
        foreach (var connection in graph.ForwardInbound(activity))
        {
            var (visits, wasFollowed) = _connectionVisits.GetValueOrDefault(connection.Index);
            if (visits > most)
                (most, followed) = (visits, wasFollowed);
            else if (visits == most)
                followed |= wasFollowed;
        }

        return most > Visits(activity) && followed;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (_activityVisits.Count > 0)
        {
            writer.WriteStartObject("a");
            foreach (var (id, visits) in _activityVisits)
                writer.WriteNumber(id, visits);
            writer.WriteEndObject();
        }

        if (_connectionVisits.Count > 0)
        {
            // Per connection: index, visits (negative when the last one was not followed).
            writer.WriteStartArray("c");
            foreach (var (index, (visits, followed)) in _connectionVisits)
            {
                writer.WriteNumberValue(index);
                writer.WriteNumberValue(followed ? visits : -visits);
            }

            writer.WriteEndArray();
        }

        if (Tokens.Count > 0)
        {
            writer.WriteStartArray("t");
            foreach (var token in Tokens)
            {
                writer.WriteStringValue(token.From);
                writer.WriteStringValue(token.Port);
                writer.WriteStringValue(token.To);
                writer.WriteNumberValue((token.Consumed ? 1 : 0) + (token.Blocked ? 2 : 0));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    public static FlowState Read(JsonElement json)
    {
        var state = new FlowState();
        if (json.TryGetProperty("a", out var activities))
        {
            foreach (var visit in activities.EnumerateObject())
                state._activityVisits[visit.Name] = visit.Value.GetInt32();
        }

        if (json.TryGetProperty("c", out var connections))
        {
            for (var i = 0; i < connections.GetArrayLength(); i += 2)
            {
                var visits = connections[i + 1].GetInt32();
                state._connectionVisits[connections[i].GetInt32()] = (Math.Abs(visits), visits > 0);
            }
        }

        if (json.TryGetProperty("t", out var tokens))
        {
            for (var i = 0; i < tokens.GetArrayLength(); i += 4)
            {
                var flags = tokens[i + 3].GetInt32();
                state.Tokens.Add(new Token(tokens[i].GetString()!, tokens[i + 1].GetString()!, tokens[i + 2].GetString()!) { Consumed = (flags & 1) != 0, Blocked = (flags & 2) != 0 });
            }
        }

        return state;
    }
}

/// <summary>That a connection was followed and its target has not yet taken notice.</summary>
internal sealed class Token(string from, string port, string to)
{
    public string From { get; } = from;

    public string Port { get; } = port;

    public string To { get; } = to;

    public bool Consumed { get; set; }

    /// <summary>Placed in advance, so that a later arrival is swallowed.</summary>
    public bool Blocked { get; set; }

    public bool IsOpen => !Consumed && !Blocked;
}
