using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProductionOffice.Server.Persistence.Postgres;

/// <summary>Searching overlooks upper and lower case, as SQLite's LIKE does: LIKE becomes ILIKE.</summary>
internal sealed class CaseBlindLike : IQueryExpressionInterceptor
{
    public static CaseBlindLike Instance { get; } = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => new Rewriter().Visit(queryExpression);

    private sealed class Rewriter : ExpressionVisitor
    {
        private static readonly MethodInfo Like = typeof(DbFunctionsExtensions).GetMethod(nameof(DbFunctionsExtensions.Like), [typeof(DbFunctions), typeof(string), typeof(string)])!;
        private static readonly MethodInfo ILike = typeof(NpgsqlDbFunctionsExtensions).GetMethod(nameof(NpgsqlDbFunctionsExtensions.ILike), [typeof(DbFunctions), typeof(string), typeof(string)])!;

        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            node.Method == Like ? Expression.Call(ILike, node.Arguments.Select(a => Visit(a)!)) : base.VisitMethodCall(node);
    }
}
