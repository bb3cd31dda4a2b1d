using Microsoft.AspNetCore.Routing.Template;

namespace ProductionOffice.Server.Api.Endpoints;

/// <summary>Paths with named parts: <c>locations/{id}/permit</c>.</summary>
internal static class EndpointPath
{
    /// <summary>Null when it is no template, for example a computed path with a brace in it.</summary>
    public static RouteTemplate? Parse(string template)
    {
        try
        {
            return TemplateParser.Parse(template);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The parts by name; null when the path does not fit.</summary>
    public static RouteValueDictionary? Match(RouteTemplate route, string path)
    {
        var values = new RouteValueDictionary();
        return new TemplateMatcher(route, []).TryMatch("/" + path, values) ? values : null;
    }
}
